#include "daemon/http/worker_pool.hpp"

namespace portal::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t queue) : limit_(queue) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    stop();
}

bool WorkerPool::reserve() {
    if (reserved_->fetch_add(1) < limit_) return true;
    reserved_->fetch_sub(1);
    return false;
}

void WorkerPool::submit(std::unique_ptr<Job> job) {
    bool wake = false;
    {
        std::unique_lock lock{mutex_};
        if (stopping_) {  // the threads may be gone, and somebody waits for the job
            lock.unlock();
            reserved_->fetch_sub(1);
            job->run();
            return;
        }
        jobs_.push_back(std::move(job));
        wake = idle_ > 0 && !waking_;
        if (wake) waking_ = true;
    }
    if (wake) wake_.notify_one();
}

std::unique_ptr<WorkerPool::Job> WorkerPool::next() {
    std::unique_ptr<Job> job;
    bool wake_another = false;
    {
        std::unique_lock lock{mutex_};
        while (jobs_.empty() && !stopping_) {
            ++idle_;
            wake_.wait(lock);
            --idle_;
            waking_ = false;
        }
        if (jobs_.empty()) return nullptr;
        job = std::move(jobs_.front());
        jobs_.pop_front();
        wake_another = !jobs_.empty() && idle_ > 0 && !waking_;
        if (wake_another) waking_ = true;
    }
    if (wake_another) wake_.notify_one();
    reserved_->fetch_sub(1);
    return job;
}

void WorkerPool::work() {
    while (auto job = next()) job->run();
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace portal::http

// What HTTP and SMTP share of libcurl. Only lib/net includes it. Thread rule: any thread.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace portal::net {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;
struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

/// Starts libcurl once in the process; throws std::bad_alloc when there is no memory.
Easy make_easy();
/// Adds a line; throws std::bad_alloc.
void append(List& list, const std::string& line);

/// libcurl's options are variadic: this fixes the types and throws where libcurl does not know one,
/// which is a bug of the build.
void set_long(CURL* easy, CURLoption option, long value);
void set_text(CURL* easy, CURLoption option, const std::string& value);
/// A pointer to data or a libcurl list.
void set_pointer(CURL* easy, CURLoption option, const void* value);
/// Options of every transfer: no signals, no proxy, TLS 1.2 at least, checked by the authorities of
/// `ca_file` alone, or the system's where it is empty.
void set_common(CURL* easy, const std::string& ca_file);
long response_code(CURL* easy);

}  // namespace portal::net

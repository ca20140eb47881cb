// Keeps a BankID page up to date: once a second the code and the words; when the login is over, one
// way or the other, the page itself is asked for again. Without script a frame does the same.
(() => {
    const box = document.getElementById('bankid');
    if (!box) return;
    const text = document.getElementById('bankid-text');
    const code = document.getElementById('bankid-code');
    const every = 1000;
    let timer = 0;
    let asking = false;

    const show = ({ text: words, size, path }) => {
        if (text.textContent !== words) text.textContent = words;
        code.toggleAttribute('hidden', path === '');
        if (path === '') return;
        code.setAttribute('viewBox', `0 0 ${size} ${size}`);
        code.firstElementChild.setAttribute('d', path);
    };

    const look = async () => {
        if (asking) return;
        asking = true;
        const started = performance.now();
        try {
            const answer = await fetch(box.dataset.status, { cache: 'no-store' });
            const status = answer.ok ? await answer.json() : null;
            if (status && !status.waiting) return location.replace(box.dataset.page);
            if (status) show(status);
        } catch { /* the network comes and goes: the next second asks again */ }
        asking = false;
        clearTimeout(timer);
        timer = setTimeout(look, Math.max(0, every - (performance.now() - started)));
    };

    box.hidden = false;
    timer = setTimeout(look, every);
    // A phone that comes back from the app has let the page sleep.
    document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
})();

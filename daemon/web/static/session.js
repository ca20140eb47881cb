// Warns two minutes before the session ends and lets it go on. Without this script the page says
// when it ends. Nothing is sent but the form that says "Stay logged in".
'use strict';
(() => {
    const dialog = document.getElementById('time-out');
    if (!dialog || typeof dialog.showModal !== 'function') return;
    const form = dialog.querySelector('form');
    const warn_s = 120;
    const others = 'BroadcastChannel' in window ? new BroadcastChannel('session') : null;
    let ends = 0;
    let last = 0;
    let shown = ''; // what was shown already; a person may close it

    const seconds_left = (at) => (at - Date.now()) / 1000;
    const show = (name) => {
        if (shown === name) return;
        shown = name;
        for (const part of dialog.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== name;
        form.hidden = name !== 'soon';
        if (!dialog.open) dialog.showModal();
    };
    const set = (left, most) => {
        ends = Date.now() + left * 1000;
        last = Date.now() + most * 1000;
        shown = '';
        if (dialog.open) dialog.close();
    };
    const look = () => {
        const left = seconds_left(ends);
        if (left <= 0) show('over');
        else if (left <= warn_s) show(seconds_left(last) - left > 1 ? 'soon' : 'last');
    };

    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const fields = new URLSearchParams(new FormData(form));
        fields.set('here', '');
        try {
            const answer = await fetch(form.action, { method: 'POST', body: fields, redirect: 'error' });
            if (!answer.ok) throw new Error(String(answer.status));
            const { left, most } = await answer.json();
            set(left, most);
            others?.postMessage({ left, most });
        } catch {
            show('over');
        }
    });
    others?.addEventListener('message', ({ data }) => set(data.left, data.most));

    const { left, most } = dialog.dataset;
    set(Number(left), Number(most));
    others?.postMessage({ left: Number(left), most: Number(most) });
    setInterval(look, 1000);
})();

// Keeps the page of a room up to date: the server says how things are and when to look again. When
// something has changed, the parts of the page that say so are asked for anew.
'use strict';
(() => {
    const room = document.getElementById('room');
    if (!room) return;
    const parts = ['room-says', 'room-count', 'room-acts'];
    const sessions = 'BroadcastChannel' in window ? new BroadcastChannel('session') : null;
    let key = room.dataset.key;
    let wait_s = Number(room.dataset.look);
    let timer = 0;
    let asking = false;

    const show = (page) => {
        const held = document.getElementById('room-acts').contains(document.activeElement);
        for (const id of parts) {
            const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
            if (fresh && old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML;
        }
        if (held) document.getElementById('room-says').focus();
    };

    const ask = async (address) => {
        const answer = await fetch(address, { cache: 'no-store', redirect: 'error' });
        if (answer.status === 401) room.dataset.over = 'yes'; // logged out: nobody waits here
        if (!answer.ok) throw new Error(String(answer.status));
        return answer;
    };

    const look = async () => {
        if (asking || wait_s <= 0) return;
        asking = true;
        clearTimeout(timer);
        try {
            const status = await (await ask(room.dataset.status)).json();
            if (status.key !== key) {
                const text = await (await ask(room.dataset.page)).text();
                show(new DOMParser().parseFromString(text, 'text/html'));
                key = status.key;
            }
            wait_s = status.look;
            sessions?.postMessage({ left: status.left, most: status.most });
        } catch { /* the network comes and goes: it is asked again */ }
        asking = false;
        if (room.dataset.over) wait_s = 0;
        if (wait_s > 0) timer = setTimeout(look, wait_s * 1000);
    };

    if (wait_s > 0) timer = setTimeout(look, wait_s * 1000);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
})();

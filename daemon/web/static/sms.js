// Counts, while one types, how many text messages a usual message with these words makes. Without
// this script the page shows the number each time it is saved. The rules are those of
// lib/domain/sms.cpp.
'use strict';
(() => {
    const field = document.getElementById('extra_sms');
    const shown = document.getElementById('sms-count');
    if (!field || !shown) return;
    const basic = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà';
    const extension = '^{}[~]\\|€\f';
    const plain = [[/[‘’‚′´`]/g, "'"], [/[“”„″«»]/g, '"'], [/[‐‑‒–—―−•·]/g, '-'], [/…/g, '...'], [/[\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t]/g, ' '], [/×/g, 'x'], [/[\u200b\u00ad\u2060\ufeff]/g, '']];

    const septets = (letter) => (/^[a-zA-Z0-9]$/.test(letter) || basic.includes(letter) ? 1 : extension.includes(letter) ? 2 : 0);
    const measure = (letters, width, single, part) => {
        let [units, parts, left] = [0, 0, 0];
        for (const letter of letters) {
            const size = width(letter);
            units += size;
            if (left < size) {
                parts += 1;
                left = part;
            }
            left -= size;
        }
        if (units > 0 && units <= single) parts = 1;
        return { units, parts, room: parts <= 1 ? single : parts * part };
    };
    const size_of = (text) => {
        const letters = [...plain.reduce((words, [from, to]) => words.replace(from, to), text)];
        if (letters.every((letter) => septets(letter) > 0)) return measure(letters, septets, 160, 153);
        return measure(letters, (letter) => letter.length, 70, 67);
    };
    const show = () => {
        const words = field.value.trim();
        const { units, parts, room } = size_of(words === '' ? shown.dataset.rest : `${shown.dataset.rest} ${words}`);
        shown.textContent = shown.dataset.words.replace('{1}', parts).replace('{2}', units).replace('{3}', room);
    };
    field.addEventListener('input', show);
})();

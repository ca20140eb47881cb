// National ids and phone numbers as people write them: one person and one number whatever the
// spelling; what is none is refused at its field, by portalctl with exit 2, and nothing is made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_tenant } from './clinic.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const other_digits = (zero) => (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const fullwidth = other_digits(0xff10);
const arabic = other_digits(0x0660);

/** Spellings of one person each; Solna’s third is a coordination number, 60 added to its day. */
const people = {
    solna: [['191212121212', '19121212-1212', '121212+1212', ' 19121212-1212 '], ['198112189876', '19811218-9876', '811218-9876', '8112189876'], ['198112789873', '19811278-9873', '811278-9873']],
    odense: [['0707614285', '070761-4285', '070761 4285'], ['0101011234', '010101-1234']],
};

const no_people = {
    solna: ['191212121213', '19121212-1213', '190102291234', '191213011234', '20990101-0009', '19121212', '1912121212121', '1912-12-12-1212', '19121212–1212', '191212121212x', '0x191212121212', '19121212\u200b1212', '-191212121212', '000000000000', "191212121212' OR 1=1", fullwidth('191212121212'), arabic('191212121212')],
    odense: ['320761-4285', '000761-4285', '300261-4285', '011361-4285', '150873-428', '150873-42855', '15087i-4285', '150873_4285', '197308154285', fullwidth('1508734285')],
};

/** E.164 -> how it may be written at that clinic. */
const phones = {
    solna: { '+46701740605': ['0701740605', '070-174 06 05', '070-1740605', '+46 70-174 06 05', '0046701740605', '+46701740605'], '+4520123456': ['+45 20 12 34 56', '004520123456'] },
    odense: { '+4520123456': ['20123456', '20 12 34 56', '+45 20123456', '004520123456'], '+46701740605': ['+46 70 174 06 05'] },
};

const no_phones = ['112', '90000', '0900123456', '0939123456', '+882161234567', '+46', '+', '0', '00', '+0701740605', '070174060', '070174060555555555', '+46701234567;ext=1', '+46701740605,123', 'tel:+46701740605', '\u200e+46701740605', '\u202a+46701740605\u202c', '+46701740605x', '070 174 O6 O5', '+46701740605\n+46701740606', '+46701740605 or 1=1', '++46701740605', '+46+701740605', '0812345678', fullwidth('0701740605'), arabic('0701740605')];

on_each_engine((engine, named) => {
    let portal;
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_tenant(portal, 'solna', { country: 'se' });
        await make_tenant(portal, 'odense', { country: 'dk' });
    });
    after(() => portal?.close());

    function make(slug, { id, mobile }) {
        serial += 1;
        const words = ['patient', 'create', '-T', slug, '--first-name', 'A', '--last-name', 'B', '--email', `p${serial}@x.example`, '-o', 'json'];
        if (mobile !== undefined) words.push(`--mobile=${mobile}`);
        if (id !== undefined) words.push('--national-id-file', '-');
        return portal.ctl(words, { input: id === undefined ? '' : `${id}\n` });
    }
    const count = async () => Number((await portal.sql('SELECT COUNT(*) FROM membership'))[0][0]);

    test(named('every spelling of a phone number is kept as one'), async () => {
        for (const slug of Object.keys(phones)) {
            for (const [canonical, written] of Object.entries(phones[slug])) {
                for (const text of written) {
                    const done = await make(slug, { mobile: text });
                    assert.equal(done.status, 0, `“${text}”: ${done.stderr}`);
                    assert.equal(JSON.parse(done.stdout).mobile, canonical, text);
                }
            }
        }
    });

    for (const [slug, spelled] of Object.entries(people)) {
        test(named(`in ${slug} every spelling of a national id means the same person`), async () => {
            for (const [canonical, ...others] of spelled) {
                const first = await make(slug, { id: canonical });
                assert.equal(first.status, 0, `${canonical}: ${first.stderr}`);
                for (const text of others) {
                    const again = await make(slug, { id: text });
                    assert.equal(again.status, 6, `“${text}”: ${again.stdout}${again.stderr}`);
                }
            }
        });

        test(named(`in ${slug} what is no national id is refused at its field and not repeated`), async () => {
            const was = await count();
            for (const text of no_people[slug]) {
                const done = await make(slug, { id: text });
                assert.equal(done.status, 2, `“${text}”: ${done.stdout}${done.stderr}`);
                assert.equal(JSON.parse(done.stderr).error.field, '--national-id-file', text);
                assert.ok(!done.stderr.includes(text), text);
            }
            assert.equal(await count(), was);
        });

        test(named(`in ${slug} what is no mobile number is refused at its field`), async () => {
            const was = await count();
            for (const text of no_phones) {
                const done = await make(slug, { mobile: text });
                assert.equal(done.status, 2, `“${text}”: ${done.stdout}${done.stderr}`);
                assert.equal(JSON.parse(done.stderr).error.field, '--mobile', text);
            }
            assert.equal(await count(), was);
        });
    }
});

// Writes lib/domain/common_passwords.inc: FNV-1a hashes of the passwords that people choose most, so
// that the list holds no words. Source: the frequency list in @zxcvbn-ts/language-common (MIT,
// copyright 2012-2016 Dan Wheeler and Dropbox, Inc., 2021 @zxcvbn-ts) and the words below.
import { createRequire } from 'node:module';
import { dictionary } from '@zxcvbn-ts/language-common';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const entry = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common');
const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json')));
const most_common = 10000;
const least_length = 12; // what is shorter counts only as a word with signs around it

// What the international list lacks: everyday words of the countries that the clinics lie in.
const nordic = `adgangskode blomster blomma bolibompa danmark familj familie finland fodbold fotboll
    fredag glad goteborg göteborg hejhej hejhejhej hejmeddig hejsan helsinki hemligt hemmelig hest
    hesten hund hunden hundarna husqvarna håkan julafton juleaften kaffe kanelbulle katten kobenhavn
    københavn kodeord kärlek kærlighed köpenhamn lillebror lisebyen losen losenord lösen lösenord
    malmo malmö mandag mormor morfar måndag norge onsdag oslo passord patient personnummer portal
    salasana sjukhus skatten sommar sommaren sommer sommerferie stockholm storasyster suomi svenska
    sverige sygehus tandlakare tandläkare torsdag tisdag uppsala valkommen vardcentral vårdcentral
    velkommen vinter vintern välkommen älskar älskling ålesund`.split(/\s+/);

function fnv1a(text) {
    let hash = 0xcbf29ce484222325n;
    for (const byte of Buffer.from(text, 'utf8')) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    return hash;
}

export function list() {
    const common = dictionary['passwords-common'];
    const words = new Set(nordic);
    common.forEach((word, rank) => {
        const lowered = word.toLowerCase();
        if ((rank < most_common && /^\p{L}{4,}$/u.test(lowered)) || lowered.length >= least_length) words.add(lowered);
    });
    return [...words];
}

export function table() {
    const hashes = [...new Set(list().map(fnv1a))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const cells = hashes.map((hash) => `0x${hash.toString(16).padStart(16, '0')}u,`);
    const rows = [];
    for (let i = 0; i < cells.length; i += 4) rows.push(cells.slice(i, i + 4).join(' '));
    return [
        '// Made by ./dev generate (tests/generate/common_passwords.mjs) from the frequency list in',
        `// @zxcvbn-ts/language-common ${version}; do not edit. FNV-1a of each password, lower case; sorted.`,
        ...rows, ''].join('\n');
}

export const outputs = { 'lib/domain/common_passwords.inc': table };

// Looking for secrets as a thief of the disk would: every spelling of a value, in any bytes.
import crypto from 'node:crypto';

const sha256 = (text) => crypto.createHash('sha256').update(text).digest();
const percent = (text) => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');

/** Base64 of the text wherever in a longer text it begins: the letters that its own bits decide. */
function base64_forms(text) {
    return [0, 1, 2].map((before) => {
        const all = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64').replace(/=+$/, '');
        const first = Math.ceil((before * 8) / 6);
        const whole = Math.floor(((before + text.length) * 8) / 6);
        return all.slice(first, whole);
    }).flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function in_bytes(text) {
    const wide = Buffer.from(text, 'utf16le');
    const hex = Buffer.from(text).toString('hex');
    const texts = [text, hex, hex.toUpperCase(), percent(text), encodeURIComponent(text), ...base64_forms(text)];
    return [...texts.map((each) => Buffer.from(each)), wide, Buffer.from(wide).swap16()];
}

/** A number as eight bytes, and as the six that SQLite keeps of it. */
function in_binary(digits) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(digits));
    return [bytes.subarray(2), Buffer.from(bytes).reverse()];
}

const digest_forms = (text) => [sha256(text), Buffer.from(sha256(text).toString('hex')), Buffer.from(sha256(text).toString('base64url'))];

/** A Swedish (12 digits) or Danish (10 digits) number in every spelling. */
export function national_id_forms(canonical) {
    const short = canonical.slice(-10);
    const [head, tail] = [canonical.slice(0, -4), canonical.slice(-4)];
    const texts = [canonical, short, ...[head, head.slice(-6)].flatMap((day) => ['-', '+', ' '].map((mark) => `${day}${mark}${tail}`)), [...canonical].reverse().join('')];
    const written = [...new Set(texts)];
    return [...written.flatMap(in_bytes), ...in_binary(canonical), ...[canonical, short, `${head}-${tail}`].flatMap(digest_forms)];
}

/** A random token of a link or cookie: itself, its first half, and the bytes that it stands for. */
export function token_forms(token) {
    const bytes = Buffer.from(token, 'base64url');
    return [...in_bytes(token), Buffer.from(token.slice(0, 20)), bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('base64'))];
}

/** A code that is typed from a letter: XXXX-XXXX-XXXX-XXXX. */
export function letter_forms(code) {
    return [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', '').toLowerCase(), code.slice(5)].flatMap(in_bytes);
}

const encoded_run = /[0-9a-f]{16,}|[0-9A-F]{16,}|[\w-]{22,}/g;

/** Which of six-digit `codes` stand in the bytes: as a text of their own, or encoded, or hashed. A
 *  digest's letters hold any six digits sooner or later, so long runs of them are passed over. */
export function find_codes(codes, bytes) {
    const found = codes.filter((code) => [...digest_forms(code), Buffer.from(Buffer.from(code).toString('hex'))].some((form) => bytes.includes(form)));
    const text = bytes.toString('latin1').replace(encoded_run, ' ');
    const alone = new Set([...text.matchAll(/(?<!\d)(\d{3})[ -]?(\d{3})(?!\d)/g)].map(([, a, b]) => a + b));
    return [...found, ...codes.filter((code) => alone.has(code))];
}

/** Which of `forms` (value -> its forms) stand in the bytes. */
export function find_values(forms, bytes) {
    return [...forms].filter(([, each]) => each.some((form) => bytes.includes(form))).map(([value]) => value);
}

/** Bytes that a dump writes as hexadecimal digits, as they are. */
export function unhex(text) {
    return Buffer.concat([...text.matchAll(/\\x((?:[0-9a-f]{2})+)/g)].flatMap(([, hex]) => [Buffer.from(hex, 'hex'), Buffer.from('\n')]));
}

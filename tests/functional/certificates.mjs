// Certificates of a test's own, made when it runs: no key is in the tree.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const openssl = (args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
const new_key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

/** "x509" sets no date of its own before OpenSSL 3.4; "ca" does everywhere. */
function sign_expired({ folder, ca, ca_key, request, extra, cert }) {
    const settings = path.join(folder, 'ca.cnf');
    fs.writeFileSync(path.join(folder, 'index.txt'), '');
    fs.writeFileSync(settings, `[ca]\ndefault_ca = d\n[d]\ndatabase = ${path.join(folder, 'index.txt')}\nnew_certs_dir = ${folder}\nrand_serial = yes\ndefault_md = sha256\npolicy = p\n[p]\ncommonName = supplied\n`);
    openssl(['ca', '-batch', '-notext', '-config', settings, '-cert', ca, '-keyfile', ca_key, '-in', request, '-extfile', extra, '-startdate', '20200101000000Z', '-enddate', '20200102000000Z', '-out', cert]);
}

/** An authority in `folder`: {file, sign(name, {host, password, expired})}, each with {cert, key}. */
export function make_authority(folder, name) {
    const at = (file) => path.join(folder, `${name}-${file}`);
    const [ca, ca_key] = [at('ca.pem'), at('ca.key')];
    openssl(['req', '-x509', ...new_key, '-nodes', '-keyout', ca_key, '-out', ca, '-days', '3650', '-subj', `/CN=${name} authority`]);
    return {
        file: ca,
        sign(subject, { host, password, expired = false } = {}) {
            const [key, request, cert, extra] = [at(`${subject}.key`), at(`${subject}.csr`), at(`${subject}.pem`), at(`${subject}.ext`)];
            const lock = password ? ['-passout', `pass:${password}`] : ['-nodes'];
            openssl(['req', ...new_key, ...lock, '-keyout', key, '-out', request, '-subj', `/CN=${subject}`]);
            fs.writeFileSync(extra, host ? `subjectAltName = IP:${host}\n` : 'extendedKeyUsage = clientAuth\n');
            if (expired) sign_expired({ folder, ca, ca_key, request, extra, cert });
            else openssl(['x509', '-req', '-in', request, '-CA', ca, '-CAkey', ca_key, '-CAcreateserial', '-days', '3650', '-extfile', extra, '-out', cert]);
            fs.chmodSync(key, 0o600);
            return { cert, key };
        },
    };
}

/** The same pair as a .p12 file, as banks sell it. */
export function make_p12({ cert, key }, password) {
    const file = cert.replace(/\.pem$/, '.p12');
    openssl(['pkcs12', '-export', '-in', cert, '-inkey', key, '-out', file, '-passout', `pass:${password}`]);
    return file;
}

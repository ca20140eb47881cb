// A browser without script, as plain as it gets: one host, a cookie jar, forms as a person fills
// them in. Connects to 127.0.0.1 and names the host itself, since node resolves no *.localhost.
import http from 'node:http';
import { find_forms, page_text } from './html.mjs';

/** One request on its own terms; the answer with its body as text. */
export function send({ port, socketPath, method = 'GET', path = '/', headers = {}, body = '', localAddress, agent, timeout_ms = 30_000 }) {
    return new Promise((resolve, reject) => {
        const request = http.request({ host: '127.0.0.1', port, socketPath, method, path, headers, localAddress, agent }, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('error', reject);
            answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString('utf8') }));
        });
        request.setTimeout(timeout_ms, () => request.destroy(new Error(`no answer to ${method} ${path} in ${timeout_ms} ms`)));
        request.on('error', reject);
        request.end(body);
    });
}

export class Client {
    /** `host` is "demo.localhost:8080"; `address` the loopback address that this client comes from. */
    constructor({ port, host, address = '127.0.0.1', language = 'en', agent = '' }) {
        this.port = port;
        this.host = host;
        this.address = address;
        this.language = language;
        this.user_agent = agent;
        this.cookies = new Map();
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        this.page = null;
        this.path = '/';
    }

    headers(extra) {
        const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        return {
            host: this.host,
            'accept-language': this.language,
            ...(this.user_agent === '' ? {} : { 'user-agent': this.user_agent }),
            ...(jar === '' ? {} : { cookie: jar }),
            ...extra,
        };
    }

    keep(answer) {
        for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            if (/;\s*max-age=0\b/i.test(line)) this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
    }

    /** One request, no redirect followed. */
    async request(method, path, { headers = {}, body = '' } = {}) {
        const answer = await send({
            port: this.port, method, path, body, agent: this.agent, localAddress: this.address,
            headers: this.headers({ 'content-length': Buffer.byteLength(body), ...headers }),
        });
        this.keep(answer);
        return answer;
    }

    async follow(answer, path) {
        for (let hops = 0; hops < 5 && answer.status >= 301 && answer.status <= 308; hops += 1) {
            path = answer.headers.location.replace(/^https?:\/\/[^/]+/, '');
            answer = await this.request('GET', path);
        }
        this.page = answer;
        this.path = path.split('#')[0];
        return answer;
    }

    async get(path) {
        return this.follow(await this.request('GET', path), path);
    }

    /** A form's post as a browser sends it. */
    post_raw(path, fields, headers = {}) {
        const body = fields instanceof URLSearchParams ? fields.toString() : new URLSearchParams(fields).toString();
        return this.request('POST', path, {
            body,
            headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${this.host}`, 'sec-fetch-site': 'same-origin', ...headers },
        });
    }

    async post(path, fields) {
        return this.follow(await this.post_raw(path, fields), path);
    }

    /** The forms of the page that this client looks at. */
    forms() {
        return find_forms(this.page?.body ?? '');
    }

    /** The one form whose action, fields or button text fit `wanted`. */
    form(wanted) {
        const fits = this.forms().filter((form) => form.action?.match(wanted) || form.buttons.some((button) => button.text.match(wanted)) || form.names.some((name) => name.match(wanted)));
        if (fits.length === 0) throw new Error(`no form fits ${wanted} on ${this.path}: ${this.text().slice(0, 400)}`);
        return fits[0];
    }

    /** Fills in and sends a form of this page. */
    async submit(wanted, values = {}) {
        const form = wanted.action === undefined ? this.form(wanted) : wanted;
        const fields = new URLSearchParams(form.filled(values));
        if (form.method === 'GET') return this.get(`${form.action ?? this.path}?${fields}`);
        return this.post(form.action || this.path, fields);
    }

    text() {
        return page_text(this.page?.body ?? '');
    }

    close() {
        this.agent.destroy();
    }
}

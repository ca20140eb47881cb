// Just enough HTML for pages that we make ourselves: forms, links, and the text a reader sees.
const named = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: ' ' };

export function decode(text) {
    return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (mark, number, hex, name) => {
        if (number) return String.fromCodePoint(Number(number));
        if (hex) return String.fromCodePoint(parseInt(hex, 16));
        return named[name] ?? mark;
    });
}

export function attributes(tag) {
    const found = {};
    for (const [, name, , quoted, single, bare] of tag.matchAll(/\s([\w:-]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) {
        found[name.toLowerCase()] = decode(quoted ?? single ?? bare ?? '');
    }
    return found;
}

export function page_text(html) {
    const seen = html.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
    return decode(seen).replace(/\s+/g, ' ').trim();
}

export function links(html) {
    return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/gi)].map(([, tag, inside]) => ({ href: attributes(tag).href, text: page_text(inside) }));
}

class Form {
    constructor(tag, inside) {
        const own = attributes(tag);
        this.action = own.action ?? '';
        this.method = (own.method ?? 'get').toUpperCase();
        this.fields = [];
        this.buttons = [];
        this.read_controls(inside);
    }

    read_controls(inside) {
        for (const [, tag] of inside.matchAll(/<input\b([^>]*)>/gi)) {
            const input = attributes(tag);
            const type = (input.type ?? 'text').toLowerCase();
            if (type === 'submit') this.buttons.push({ name: input.name, value: input.value, text: input.value ?? '' });
            else this.fields.push({ name: input.name, type, value: input.value ?? (type === 'checkbox' || type === 'radio' ? 'on' : ''), on: 'checked' in input });
        }
        for (const [, tag, text] of inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/gi)) {
            const button = attributes(tag);
            this.buttons.push({ name: button.name, value: button.value ?? '', text: page_text(text) });
        }
        for (const [, tag, text] of inside.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/gi)) {
            this.fields.push({ name: attributes(tag).name, type: 'textarea', value: decode(text) });
        }
        for (const [, tag, options] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/gi)) this.read_select(attributes(tag).name, options);
    }

    read_select(name, inside) {
        const options = [...inside.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(([, tag, text]) => ({ ...attributes(tag), text: decode(text).trim() }));
        const chosen = options.find((option) => 'selected' in option) ?? options[0];
        this.fields.push({ name, type: 'select', value: chosen?.value ?? chosen?.text ?? '', options });
    }

    get names() {
        return this.fields.map((field) => field.name).filter(Boolean);
    }

    field(name) {
        return this.fields.find((field) => field.name === name);
    }

    /** The hidden and given values as pairs; a name that the form lacks is a mistake of the test. */
    filled(values) {
        for (const name of Object.keys(values)) {
            if (!this.names.includes(name) && !this.buttons.some((button) => button.name === name)) throw new Error(`the form ${this.action} has no field ${name}, only ${this.names}`);
        }
        const pairs = [];
        for (const field of this.fields) {
            if (!field.name || field.name in values) continue;
            if ((field.type === 'radio' || field.type === 'checkbox') && !field.on) continue;
            pairs.push([field.name, field.value]);
        }
        for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) pairs.push([name, one]);
        const pressed = this.buttons.some((button) => button.name in values) ? undefined : this.buttons[0];
        if (pressed?.name) pairs.push([pressed.name, pressed.value]);
        return pairs;
    }
}

export function find_forms(html) {
    return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, tag, inside]) => new Form(tag, inside));
}

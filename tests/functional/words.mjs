// The sentences of the catalogues, to tell whether a page speaks its reader's language.
import fs from 'node:fs';
import path from 'node:path';
import { page_text } from './html.mjs';
import { top } from './portal.mjs';

const unquote = (lines) => lines.match(/"(?:[^"\\]|\\.)*"/g).map((text) => JSON.parse(text)).join('');
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a page in this language may say, as patterns: {1} stands for anything. */
export function sentences(language) {
    const text = fs.readFileSync(path.join(top, `lib/text/locale/${language}.po`), 'utf8');
    const said = [...text.matchAll(/^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)/gm)].map(([, lines]) => unquote(lines));
    // One that is hardly more than a marker would fit every sentence.
    return said.filter((each) => each.replace(/\{\d\}/g, '').trim().length > 5).map((each) => new RegExp(`^${escape(each).replace(/\\\{\d\\\}/g, '[\\s\\S]*')}$`));
}

/** What a page says is wrong: the summary on top of a form, or the one sentence of an error page. */
export function problems(html) {
    const summary = html.match(/<div class="problem" role="alert">([\s\S]*?)<\/div>/)?.[1];
    if (summary) return [...summary.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, text]) => page_text(text));
    const sentence = html.match(/<\/h1>\s*<p>([\s\S]*?)<\/p>/)?.[1];
    return sentence ? [page_text(sentence)] : [];
}

export const language_of = (html) => html.match(/<html lang="(\w+)"/)?.[1];

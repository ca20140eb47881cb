// The project's files for the lints: what git holds or would hold, and C++ without its comments.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const top = path.resolve(import.meta.dirname, '../..');

/** Paths from the top, without build output. */
export function files(pattern = /./) {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: top, encoding: 'utf8' });
    return listed.split('\n').filter((file) => file !== '' && pattern.test(file) && fs.existsSync(path.join(top, file)));
}

export const cpp_files = () => files(/\.(cpp|hpp|inc)$/);
export const read = (file) => fs.readFileSync(path.join(top, file), 'utf8');

/** C++ with comments and the insides of literals blanked; lines and columns stay. */
export function bare_cpp(text) {
    const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s\\]*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'/g;
    return text.replace(token, (found) => {
        if (found.startsWith('/')) return found.replace(/[^\n]/g, ' ');
        return `"${found.slice(1, -1).replace(/[^\n]/g, '_')}"`;
    });
}

/** `places(text, pattern)`: the line number and text of each match. */
export function places(text, pattern) {
    return [...text.matchAll(pattern)].map((found) => ({ line: text.slice(0, found.index).split('\n').length, text: found[0] }));
}

import assert from 'node:assert/strict';
import test from 'node:test';
import { allowed_modules, allowed_parts, homes, library_modules, system_header } from './modules.mjs';
import { cpp_files, read } from './tree.mjs';

function includes(file) {
    return [...read(file).matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)].map(([, mark, name]) => ({ quoted: mark === '"', name }));
}

function wrong_quoted(file, name) {
    if (name.split('/').includes('..')) return 'goes up by ..';
    if (!name.includes('/')) return /\.(inc|hpp)$/.test(name) && file.startsWith('tests/') ? null : 'names no module: write "module/file.hpp"';
    const [module, part] = name.split('/');
    if (!allowed_modules(file).includes(module)) return `may not use ${module}`;
    const parts = module === 'daemon' ? allowed_parts(file) : null;
    return parts && !parts.includes(part) ? `may not use daemon/${part}` : null;
}

function wrong_angled(file, name) {
    if (!/[./]/.test(name) || system_header.test(name)) return null;
    const home = homes.find(({ prefix }) => prefix.test(name));
    if (!home) return `<${name}> is in no row of tests/lint/modules.mjs`;
    if (file.startsWith('tests/') || home.at.some((folder) => file.startsWith(`${folder}/`))) return null;
    return `${home.library} is at home in ${home.at.join(', ')}`;
}

test('every include follows the dependency table', () => {
    const wrong = [];
    for (const file of cpp_files()) {
        for (const { quoted, name } of includes(file)) {
            const reason = quoted ? wrong_quoted(file, name) : wrong_angled(file, name);
            if (reason) wrong.push(`${file}: #include ${name}: ${reason}`);
        }
    }
    assert.deepEqual(wrong, []);
});

test('the lint itself sees a wrong include', () => {
    assert.match(wrong_quoted('lib/domain/x.cpp', 'store/store.hpp'), /may not use store/);
    assert.match(wrong_quoted('lib/base/x.cpp', '../store/store.hpp'), /goes up/);
    assert.match(wrong_quoted('daemon/http/x.cpp', 'daemon/web/page.hpp'), /daemon\/web/);
    assert.match(wrong_quoted('cli/main.cpp', 'service/booking.hpp'), /may not use service/);
    assert.match(wrong_angled('lib/service/x.cpp', 'sqlite3.h'), /at home in lib\/store/);
    assert.match(wrong_angled('lib/service/x.cpp', 'unheard/of.hpp'), /in no row/);
    assert.equal(wrong_angled('lib/store/x.cpp', 'sqlite3.h'), null);
});

test('a module uses only modules that stand before it', () => {
    const before = new Set();
    for (const [module, uses] of library_modules()) {
        for (const used of uses.slice(1)) assert.ok(before.has(used), `lib/${module} uses ${used}, which stands after it`);
        before.add(module);
    }
    assert.ok(before.size >= 9, 'the table was not read');
});

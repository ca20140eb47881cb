// The dependency table, read from lib/CMakeLists.txt, and the home of every third-party header.
// This is the one place that says who may include what outside the project.
import { read } from './tree.mjs';

/** Third-party include prefixes (without <>) and the only places that may include them. */
export const homes = [
    { library: 'spdlog, fmt', prefix: /^(spdlog|fmt)\//, at: ['lib/base'] },
    { library: 'Boost.Describe', prefix: /^boost\/(describe|mp11)/, at: ['lib/base'] },
    { library: 'Boost.JSON', prefix: /^boost\/json/, at: ['lib/base'] },
    { library: 'date', prefix: /^date\//, at: ['lib/base'] },
    { library: 'libsodium', prefix: /^sodium/, at: ['lib/crypto'] },
    { library: 'OpenSSL', prefix: /^openssl\//, at: ['lib/crypto'] },
    { library: 'toml++', prefix: /^toml(\+\+|plusplus)/, at: ['lib/config'] },
    { library: 'libcurl', prefix: /^curl\//, at: ['lib/net'] },
    { library: 'ctemplate', prefix: /^ctemplate\//, at: ['lib/text'] },
    { library: 'Boost.Locale', prefix: /^boost\/locale/, at: ['lib/text'] },
    { library: 'ICU', prefix: /^unicode\//, at: ['lib/text'] },
    { library: 'libical', prefix: /^libical\//, at: ['lib/text'] },
    { library: 'qrcodegen', prefix: /^qrcodegen\//, at: ['lib/text'] },
    { library: 'sqlite3', prefix: /^sqlite3/, at: ['lib/store'] },
    { library: 'libpq', prefix: /^(libpq|postgresql|libpq-fe)/, at: ['lib/store'] },
    { library: 'Boost.Beast, Asio', prefix: /^boost\/(beast|asio|system)/, at: ['daemon/http'] },
    { library: 'prometheus-cpp', prefix: /^prometheus\//, at: ['daemon/http'] },
    { library: 'CLI11', prefix: /^CLI\//, at: ['cli'] },
    { library: 'Catch2', prefix: /^catch2\//, at: ['tests'] },
];

/** Headers of the system that anybody may include. */
export const system_header = /^(sys|netinet|arpa|linux)\/|^(unistd|fcntl|signal|poll|pwd|grp|termios|dirent|dlfcn|netdb|syslog|strings|spawn)\.h$/;

/** module -> the modules that it may include, itself first; in build order. */
export function library_modules() {
    const table = new Map();
    for (const [, name, rest] of read('lib/CMakeLists.txt').matchAll(/^portal_library\((\w+)\s+USES([^)]*)\)/gm)) {
        const uses = rest.split('THIRD_PARTY')[0].trim().split(/\s+/).filter(Boolean);
        table.set(name, [name, ...uses]);
    }
    return table;
}

/** For a path from the top, the first folders of the quoted includes that it may write. */
export function allowed_modules(file) {
    const libraries = library_modules();
    const all = [...libraries.keys()];
    const [first, second] = file.split('/');
    if (first === 'lib') return libraries.get(second) ?? [];
    if (first === 'cli') return ['cli', 'base', 'config', 'net', 'domain', 'api'];
    if (first === 'daemon') return ['daemon', ...all];
    return ['daemon', 'cli', 'tests', ...all];
}

/** Inside daemon: http knows no other part; the others know http alone; main.cpp knows all. */
export function allowed_parts(file) {
    const part = file.split('/')[1];
    if (!file.startsWith('daemon/') || part.endsWith('.cpp') || part.endsWith('.hpp')) return null;
    return part === 'http' ? ['http'] : [part, 'http'];
}

// The generated files that are made from pinned packages: path -> function that gives its text.
// tests/lint/generate.mjs writes them (./dev generate) and holds them fresh.
import * as common_passwords from './common_passwords.mjs';
import * as login_matrix from './login_matrix.mjs';
import * as personnummer_golden from './personnummer_golden.mjs';
import * as phone_golden from './phone_golden.mjs';
import * as phone_table from './phone_table.mjs';

export const outputs = { ...phone_table.outputs, ...phone_golden.outputs, ...personnummer_golden.outputs, ...common_passwords.outputs, ...login_matrix.outputs };

// Every row of every table as text: what a command that promises to change nothing is held to.

const tables_sql = {
    sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    postgresql: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name",
};

/** table -> its rows, sorted. */
export async function dump(portal) {
    const tables = (await portal.sql(tables_sql[portal.engine])).flat();
    const all = {};
    for (const table of tables) {
        const rows = await portal.sql(portal.engine === 'sqlite' ? `SELECT * FROM "${table}"` : `SELECT replace(t::text, chr(9), ' ') FROM "${table}" t`);
        all[table] = rows.map((row) => row.join('|')).sort();
    }
    return all;
}

// Loads CSV files as tables of texts, runs a query, and writes its result as CSV: node duckdb.mjs QUERY OUT TABLE=FILE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(process.env.SQL_MODULES + "/package.json");
const { DuckDBInstance } = require("@duckdb/node-api");
const [query, out, ...tables] = process.argv.slice(2);
const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
for (const table of tables) {
  const at = table.indexOf("=");
  await connection.run(`CREATE TABLE "${table.slice(0, at)}" AS SELECT * FROM read_csv(${quoted(table.slice(at + 1))}, all_varchar = true, header = true)`);
}
const text = readFileSync(query, "utf8").trim().replace(/;$/, "");
await connection.run(`COPY (${text}) TO ${quoted(out)} (FORMAT csv, HEADER)`);
process.exit(0);

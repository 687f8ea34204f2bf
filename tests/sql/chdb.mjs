// As duckdb.mjs, with ClickHouse's library: tables of strings in memory; with SQL_CLUSTER, Distributed tables over the cluster "shards" of that file.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
const require = createRequire(process.env.SQL_MODULES + "/package.json");
const { Session } = require("chdb");
const [query, out, ...tables] = process.argv.slice(2);
const quoted = (text) => "'" + text.replaceAll("\\", "\\\\").replaceAll("'", "\\'") + "'";
const cluster = process.env.SQL_CLUSTER;
const session = new Session(undefined, cluster ? { connectionArgs: ["--config-file=" + cluster] } : {});
for (const table of tables) {
  const at = table.indexOf("="), name = "`" + table.slice(0, at) + "`", file = quoted(table.slice(at + 1));
  if (cluster) {
    session.query(`CREATE TABLE ${name} ENGINE = Distributed(shards, default, ${name})`);
    const [rows, shards] = session.query(`SELECT count(), uniqExact(_shard_num) FROM ${name}`, "TSV").trim().split("\t").map(Number);
    if (shards !== Math.min(rows, 2)) throw new Error(`${name}: ${rows} rows on ${shards} shards`);
    continue;
  }
  const settings = "SETTINGS input_format_csv_use_best_effort_in_schema_inference = 0, schema_inference_make_columns_nullable = 0, input_format_with_names_use_header = 1";
  session.query(`CREATE TABLE ${name} ENGINE = Memory AS SELECT * FROM file(${file}, 'CSVWithNames') ${settings}`);
}
let result = "";
for (const statement of readFileSync(query, "utf8").split(/;\n/)) {
  if (statement.replace(/^--.*$/gm, "").trim()) result = session.query(statement, "CSVWithNames");
}
writeFileSync(out, result);
session.cleanup();
process.exit(0);

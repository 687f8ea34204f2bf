// node duckdb.mjs FILE LOOKUP OUT DISTINCT THREADS; `node duckdb.mjs version` prints the version.
//
// The fastest of some ten ways that were tried: columns declared, those with few texts as ENUM, whose numbers lists turn into numbers of
// the answer, so that nothing but small integers and the organisation is grouped by; names are put in at the end. Joins with a table of
// texts take a third longer.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const require = createRequire(process.env.SQL_MODULES + "/package.json");
const { DuckDBInstance, version } = require("@duckdb/node-api");
const [file, lookup, out, distinct, threads] = process.argv.slice(2);
if (file === "version") {
  console.log(version().replace(/^v/, ""));
  process.exit(0);
}
const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
const list = (items) => "[" + items.join(", ") + "]";

const texts = {};
for (const line of readFileSync(lookup, "utf8").trim().split("\n").slice(1)) {
  const [field, text, value] = line.split(",");
  (texts[field] ??= []).push([text, value]);
}
const filled = (field) => texts[field].filter(([text]) => text !== "");
const names = {
  sections: [...new Set(texts.staff_group.map(([, value]) => value))],
  rows: [...new Set([...texts.pay_band, ...texts.medical_grade].map(([, value]) => value))],
  groups: [...new Set(texts.ethnicity.map(([, value]) => value))],
};
const number = (field, of) => `${list(filled(field).map(([, value]) => `${of.indexOf(value)}::TINYINT`))}[enum_code(${field}) + 1]`;
const type = (field) => field === "period" ? "DATE" : field === "person" ? "INTEGER"
  : texts[field] ? `ENUM (${filled(field).map(([text]) => quoted(text)).join(", ")})` : "VARCHAR";
const columns = ["period", "organisation", "person", "ethnicity", "sex", "pay_band", "medical_grade", "staff_group", "assignment_category",
                 "fte", "team", "job"].map((field) => `${field}: ${quoted(type(field))}`).join(", ");
const staff = texts.assignment_category.filter(([, value]) => value === "in").map(([text]) => quoted(text)).join(", ");
const unknown = names.groups.indexOf(texts.ethnicity.find(([text]) => text === "")[1]);

const query = `
  WITH cells AS (SELECT period, organisation, ${number("staff_group", names.sections)} AS section,
                        coalesce(${number("medical_grade", names.rows)}, ${number("pay_band", names.rows)}) AS row,
                        coalesce(${number("ethnicity", names.groups)}, ${unknown}) AS "group",
                        ${distinct === "1" ? "count(DISTINCT person)" : "count(*)"} AS people
                 FROM read_csv(${quoted(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
                               columns = {${columns}})
                 WHERE assignment_category IN (${staff})
                 GROUP BY ALL)
  SELECT period, organisation, ${list(names.sections.map(quoted))}[section + 1] AS section, ${list(names.rows.map(quoted))}[row + 1] AS row,
         ${list(names.groups.map(quoted))}["group" + 1] AS "group", people AS count,
         100.0::DOUBLE * people / sum(people) OVER (PARTITION BY period, organisation, cells.section, cells.row) AS share
  FROM cells`;
const connection = await (await DuckDBInstance.create(":memory:", { threads })).connect();
await connection.run(`COPY (${query}) TO ${quoted(out)} (FORMAT csv, HEADER)`);
process.exit(0);

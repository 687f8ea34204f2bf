// Whether a query is Spark SQL by its grammar (npm's dt-sql-parser); it is not run: node spark.mjs QUERY
import { register } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
// The library leaves out the ends of the names of its files.
const hook = `export async function resolve(name, context, next) {
  for (const end of ["", ".js", "/index.js"]) {
    try { return await next(name + end, context); } catch (error) { if (!/^ERR_(MODULE_NOT_FOUND|UNSUPPORTED_DIR_IMPORT)/.test(error.code)) throw error; }
  }
  return next(name, context);
}`;
register("data:text/javascript," + encodeURIComponent(hook));
const { SparkSQL } = await import(pathToFileURL(process.env.SQL_MODULES + "/node_modules/dt-sql-parser/dist/index.js").href);
const errors = new SparkSQL().validate(readFileSync(process.argv[2], "utf8"));
for (const error of errors.slice(0, 5)) console.error(error.startLine + ":" + error.startColumn + ": " + error.message.slice(0, 300));
process.exit(errors.length ? 1 : 0);

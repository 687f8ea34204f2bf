// node polars.mjs FILE LOOKUP OUT DISTINCT THREADS; `node polars.mjs version` prints the version. POLARS_MAX_THREADS says how many threads.
import { createRequire } from "node:module";
const require = createRequire(process.env.SQL_MODULES + "/package.json");
const [file, lookup, out, distinct, threads] = process.argv.slice(2);
process.env.POLARS_MAX_THREADS = threads;
if (file === "version") {
  console.log(require("nodejs-polars/package.json").version);
  process.exit(0);
}
const pl = require("nodejs-polars");
const { col, when } = pl;
const raw = ["Effective Date", "Organisation", "Ethnic Origin", "Grade", "Medical Grade", "Staff Group", "Assignment Category"];
const person = distinct === "1" ? ["Employee Number"] : [];
const texts = pl.readCSV(lookup, { inferSchemaLength: 0 }).withColumns(col("text").fillNull(pl.lit("")).as("text"));
let staff = pl.scanCSV(file, { inferSchemaLength: 0 }).select(...raw, ...person);
if (distinct === "1") staff = staff.unique({ maintainOrder: false });
// Texts are few: rows (persons) are counted by them, and what was counted is looked up.
staff = staff.groupBy(raw).agg(col("Staff Group").count().as("people"))
  .withColumns(...raw.map((name) => col(name).fillNull(pl.lit(""))));
const known = (field, name) => texts.filter(col("field").eq(pl.lit(field))).select(col("text"), col("value").as(name)).lazy();
const cells = staff
  .join(known("assignment_category", "staff"), { leftOn: "Assignment Category", rightOn: "text", how: "inner" })
  .filter(col("staff").eq(pl.lit("in")))
  .join(known("ethnicity", "group"), { leftOn: "Ethnic Origin", rightOn: "text", how: "left" })
  .join(known("staff_group", "section"), { leftOn: "Staff Group", rightOn: "text", how: "left" })
  .join(known("pay_band", "band"), { leftOn: "Grade", rightOn: "text", how: "left" })
  .join(known("medical_grade", "grade"), { leftOn: "Medical Grade", rightOn: "text", how: "left" })
  .select(col("Effective Date").as("period"), col("Organisation").as("organisation"), col("section"),
          when(col("grade").isNull()).then(col("band")).otherwise(col("grade")).as("row"), col("group"), col("people"))
  .groupBy(["period", "organisation", "section", "row", "group"]).agg(col("people").sum().as("count"))
  .withColumns(col("count").cast(pl.Float64).mul(pl.lit(100)).div(col("count").sum().over("period", "organisation", "section", "row")).as("share"))
  .collectSync();
cells.writeCSV(out);

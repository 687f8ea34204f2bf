#!/bin/sh
# sh sqlite.sh FILE LOOKUP OUT DISTINCT THREADS
set -eu
people='count(*)'
[ "$4" = 0 ] || people='count(DISTINCT "Employee Number")'
exec sqlite3 :memory: <<SQL
.import --csv "$1" staff
.import --csv "$2" texts
PRAGMA temp_store = memory;
CREATE INDEX by_text ON texts (field, text, value);
.headers on
.mode csv
.separator , "\n"
.once '$3'
WITH cells AS (SELECT "Effective Date" AS period, "Organisation" AS organisation, s.value AS section, coalesce(m.value, b.value) AS row,
                      e.value AS "group", $people AS count
               FROM staff AS f
               JOIN texts AS c ON c.field = 'assignment_category' AND c.text = f."Assignment Category" AND c.value = 'in'
               JOIN texts AS e ON e.field = 'ethnicity' AND e.text = f."Ethnic Origin"
               JOIN texts AS s ON s.field = 'staff_group' AND s.text = f."Staff Group"
               LEFT JOIN texts AS b ON b.field = 'pay_band' AND b.text = f."Grade"
               LEFT JOIN texts AS m ON m.field = 'medical_grade' AND m.text = f."Medical Grade"
               GROUP BY 1, 2, 3, 4, 5)
SELECT *, 100.0 * count / sum(count) OVER (PARTITION BY period, organisation, section, row) AS share FROM cells;
SQL

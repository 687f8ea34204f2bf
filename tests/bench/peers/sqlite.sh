#!/bin/sh
# sh sqlite.sh FILE LOOKUP OUT DISTINCT THREADS
set -eu
people='count(*)'
[ "$4" = 0 ] || people='count(DISTINCT "Employee Number")'
exec sqlite3 :memory: <<SQL
.import --csv "$1" staff
.import --csv "$2" texts
PRAGMA temp_store = memory;
ALTER TABLE texts ADD COLUMN code INTEGER;
UPDATE texts SET code = (SELECT min(rowid) FROM texts AS t WHERE t.value = texts.value);
CREATE INDEX by_text ON texts (field, text, value, code);
.headers on
.mode csv
.separator , "\n"
.once '$3'
WITH cells AS (SELECT s.code AS s, coalesce(m.code, b.code) AS r, e.code AS g, "Organisation" AS organisation, "Effective Date" AS period,
                      $people AS count
               FROM staff AS f
               CROSS JOIN texts AS c ON c.field = 'assignment_category' AND c.text = f."Assignment Category" AND c.value = 'in'
               CROSS JOIN texts AS e ON e.field = 'ethnicity' AND e.text = f."Ethnic Origin"
               CROSS JOIN texts AS s ON s.field = 'staff_group' AND s.text = f."Staff Group"
               LEFT JOIN texts AS b ON b.field = 'pay_band' AND b.text = f."Grade"
               LEFT JOIN texts AS m ON m.field = 'medical_grade' AND m.text = f."Medical Grade"
               GROUP BY 1, 2, 3, 4, 5)
SELECT period, organisation, s.value AS section, r.value AS row, g.value AS "group", count,
       100.0 * count / sum(count) OVER (PARTITION BY period, organisation, s, r) AS share
FROM cells JOIN texts AS s ON s.rowid = cells.s JOIN texts AS r ON r.rowid = cells.r JOIN texts AS g ON g.rowid = cells.g;
SQL

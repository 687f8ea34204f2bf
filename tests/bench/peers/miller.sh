#!/bin/sh
# sh miller.sh FILE LOOKUP OUT DISTINCT THREADS: rows only, no persons.
set -eu
[ "$4" = 0 ] || { echo 'rows only' >&2; exit 2; }
# Texts are few: rows are counted by them, and what was counted is looked up (behind a mark, as no key of a map may be empty).
LOOKUP="$2" exec mlr --csv \
    count-distinct -f 'Effective Date,Organisation,Ethnic Origin,Grade,Medical Grade,Staff Group,Assignment Category' then put -q '
    begin {
        for (line in splitax(system("cat \"$LOOKUP\""), "\n")) {
            var cell = splitax(line, ",");
            @value[cell[1]]["=" . cell[2]] = cell[3];
        }
    }
    if (@value["assignment_category"]["=" . $[[[7]]]] == "in") {
        var row = is_empty($[[[5]]]) ? @value["pay_band"]["=" . $[[[4]]]] : @value["medical_grade"]["=" . $[[[5]]]];
        @count[$[[[1]]]][$[[[2]]]][@value["staff_group"]["=" . $[[[6]]]]][row][@value["ethnicity"]["=" . $[[[3]]]]] += $count;
    }
    end {
        emit @count, "period", "organisation", "section", "row", "group";
    }' then fraction -f count -g period,organisation,section,row -p then rename count_percent,share "$1" > "$3"

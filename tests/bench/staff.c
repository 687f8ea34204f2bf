/* Staff rows for measuring: staff ROWS ORGANISATIONS [quoted] [ids] [crlf]. Every run writes the same bytes. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 12, ROWS_A_SNAPSHOT = 1500000 };

static uint64_t state = 1;

static unsigned random_below(unsigned bound) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % bound;
}

#define ONE_OF(list) (list)[random_below(sizeof(list) / sizeof *(list))]

static const char *const ethnic[] = {"A White - British",
                                     "A White - British",
                                     "A White - British",
                                     "A White - British",
                                     "A White - British",
                                     "A White - British",
                                     "B White - Irish",
                                     "C White - Any other White background",
                                     "H Asian or Asian British - Indian",
                                     "J Asian or Asian British - Pakistani",
                                     "L Asian or Asian British - Any other Asian background",
                                     "M Black or Black British - Caribbean",
                                     "N Black or Black British - African",
                                     "G Mixed - Any other mixed background",
                                     "R Chinese",
                                     "S Any Other Ethnic Group",
                                     "Z Not Stated"};
static const char *const bands[] = {"Band 2", "Band 3",  "Band 4",  "Band 5",  "Band 5", "Band 6", "Band 6",
                                    "Band 7", "Band 8a", "Band 8b", "Band 8c", "Band 9", "VSM"};
static const char *const groups[] = {"Nursing and Midwifery Registered",
                                     "Nursing and Midwifery Registered",
                                     "Additional Clinical Services",
                                     "Allied Health Professionals",
                                     "Administrative and Clerical",
                                     "Estates and Ancillary",
                                     "Healthcare Scientists",
                                     "Add Prof Scientific and Technic"};
static const char *const grades[] = {"Consultant", "Specialty Registrar", "Foundation Doctor Year 1", "Specialty Doctor"};
static const char *const teams[] = {"Theatres",
                                    "Ward 7",
                                    "Emergency, Acute and Assessment",
                                    "Finance",
                                    "Community, North",
                                    "Outpatients",
                                    "Estates",
                                    "Maternity",
                                    "Pathology",
                                    "Imaging",
                                    "Pharmacy, Dispensing",
                                    "People Directorate"};
static const char *const dates[] = {"2025-03-31", "2024-12-31", "2024-09-30", "2024-06-30", "2024-03-31",
                                    "2023-12-31", "2023-09-30", "2023-06-30", "2023-03-31", "2022-12-31"};

static bool quote_all;
static const char *line_end = "\n";

static void put(const char *const cells[COLUMNS]) {
    for (int i = 0; i < COLUMNS; i++) {
        const bool quoted = quote_all || strchr(cells[i], ',');
        printf("%s%s%s%s", i ? "," : "", quoted ? "\"" : "", cells[i], quoted ? "\"" : "");
    }
    fputs(line_end, stdout);
}

int main(int argc, char **argv) {
    const uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const uint64_t organisations = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    const uint64_t snapshot = rows < ROWS_A_SNAPSHOT ? rows : ROWS_A_SNAPSHOT;
    bool ids = false;
    for (int i = 3; i < argc; i++) {
        quote_all = quote_all || strcmp(argv[i], "quoted") == 0;
        ids = ids || strcmp(argv[i], "ids") == 0;
        if (strcmp(argv[i], "crlf") == 0) line_end = "\r\n";
    }
    if (rows == 0 || organisations == 0) return fputs("staff ROWS ORGANISATIONS [quoted] [ids] [crlf]\n", stderr), 2;
    put((const char *const[COLUMNS]){"Effective Date", "Organisation", ids ? "Employee Number" : "Assignment Number",
                                     "Ethnic Origin", "Gender", "Age Band", "Grade", "Staff Group", "Assignment Category", "FTE",
                                     "Team", "Medical Grade"});
    for (uint64_t row = 0; row < rows; row++) {
        char organisation[8], number[24], fte[8], age[8];
        const bool medical = random_below(100) < 11;
        const unsigned employer = (unsigned)(row % snapshot * organisations / snapshot);
        snprintf(organisation, sizeof organisation, "R%02u%c", employer % 100, (int)('A' + employer / 100));
        snprintf(number, sizeof number, "%08" PRIu64, UINT64_C(20000000) + (row % ROWS_A_SNAPSHOT) * 7919 % 15000000);
        snprintf(fte, sizeof fte, "%u.%02u", random_below(3) ? 1U : 0U, random_below(2) ? 0U : random_below(100));
        const unsigned from = 20 + 5 * random_below(10);
        snprintf(age, sizeof age, "%u-%u", from, from + 4);
        put((const char *const[COLUMNS]){
            dates[row / ROWS_A_SNAPSHOT % 10], organisation, number, ONE_OF(ethnic), random_below(4) ? "Female" : "Male", age,
            medical ? "" : ONE_OF(bands), medical ? "Medical and Dental" : ONE_OF(groups),
            random_below(5) ? "Permanent" : "Fixed Term Temp", fte, ONE_OF(teams), medical ? ONE_OF(grades) : ""});
    }
    return fflush(stdout) != 0 || ferror(stdout);
}

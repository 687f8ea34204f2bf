/* Staff rows for measuring: staff ROWS ORGANISATIONS [ordered] [ids] [quoted] [crlf]; staff texts. Every run writes the same bytes.
 *
 * A snapshot has up to 1.5 million rows, each quarter's people are those of the quarter before, a few of them a band higher. One row
 * in a hundred is another's repeated, two are bank posts of somebody who has a post besides. `ordered` puts one organisation after
 * another. `ids` heads the numbers as the person's, which they are in any case. `texts` writes every text of the columns that code
 * lists know.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SNAPSHOT = 1500000,
    QUARTERS = 10,
    ORGANISATIONS = 260,
    BACK = 997,
    PER_MILLE = 1000,
    ROW_BYTES = 1024,
    BUFFER_BYTES = 1 << 20
};

/* What is drawn for a row, each with a random number of its own. */
enum draw {
    KIND,
    EMPLOYER_A,
    EMPLOYER_B,
    ETHNICITY,
    SEX,
    MEDICAL,
    BAND,
    RISE,
    GRADE,
    GROUP,
    CATEGORY,
    FTE,
    TEAM,
    JOB,
    FORM,
    DRAWS
};

typedef struct choice {
    const char *text;
    unsigned weight; /* of 1,000 */
    const char *code;
} choice;

static const choice ethnicities[] = {{"White - British", 620, "A"},
                                     {"White - Irish", 14, "B"},
                                     {"White - Any other White background", 75, "C"},
                                     {"Mixed - White and Black Caribbean", 6, "D"},
                                     {"Mixed - White and Black African", 4, "E"},
                                     {"Mixed - White and Asian", 6, "F"},
                                     {"Mixed - Any other mixed background", 8, "G"},
                                     {"Asian or Asian British - Indian", 45, "H"},
                                     {"Asian or Asian British - Pakistani", 18, "J"},
                                     {"Asian or Asian British - Bangladeshi", 7, "K"},
                                     {"Asian or Asian British - Any other Asian background", 28, "L"},
                                     {"Black or Black British - Caribbean", 15, "M"},
                                     {"Black or Black British - African", 60, "N"},
                                     {"Black or Black British - Any other Black background", 12, "P"},
                                     {"Chinese", 6, "R"},
                                     {"Any Other Ethnic Group", 20, "S"},
                                     {"Not Stated", 40, "Z"},
                                     {"", 16, ""}};
static const choice bands[] = {{"Band 1", 5, 0},   {"Band 2", 157, 0}, {"Band 3", 130, 0}, {"Band 4", 95, 0},  {"Band 5", 215, 0},
                               {"Band 6", 185, 0}, {"Band 7", 110, 0}, {"Band 8a", 50, 0}, {"Band 8b", 22, 0}, {"Band 8c", 13, 0},
                               {"Band 8d", 8, 0},  {"Band 9", 5, 0},   {"VSM", 5, 0}};
static const choice grades[] = {
    {"Consultant", 400, 0},          {"Associate Specialist", 20, 0},     {"Specialty Doctor", 100, 0},
    {"Specialty Registrar", 290, 0}, {"Foundation Doctor Year 1", 90, 0}, {"Foundation Doctor Year 2", 100, 0}};
static const choice groups[] = {{"Nursing and Midwifery Registered", 310, 0},
                                {"Additional Clinical Services", 230, 0},
                                {"Administrative and Clerical", 240, 0},
                                {"Estates and Ancillary", 80, 0},
                                {"Allied Health Professionals", 80, 0},
                                {"Add Prof Scientific and Technic", 30, 0},
                                {"Healthcare Scientists", 30, 0}};
static const choice categories[] = {{"Permanent", 850, 0}, {"Fixed Term Temp", 120, 0}, {"Locum", 5, 0},
                                    {"Bank", 20, 0},       {"Honorary", 4, 0},          {"Non-Exec Director/Chair", 1, 0}};
static const char *const dates[QUARTERS] = {"2025-03-31", "2024-12-31", "2024-09-30", "2024-06-30", "2024-03-31",
                                            "2023-12-31", "2023-09-30", "2023-06-30", "2023-03-31", "2022-12-31"};
static const char medical_group[] = "Medical and Dental", bank[] = "Bank";
enum { LENGTH_OF_BANDS = sizeof bands / sizeof *bands, HIGHEST_RISE = LENGTH_OF_BANDS - 3 };

typedef struct shape {
    unsigned organisations;
    uint64_t snapshot; /* rows of one */
    bool ordered, ids, quoted;
    const char *line_end;
} shape;

static char buffer[BUFFER_BYTES];
static size_t filled;

/* splitmix64 (Steele, Lea and Flood 2014) at a place of its own for each row and draw: rows do not depend on those before them. */
static uint32_t random_at(uint64_t row, enum draw what) {
    uint64_t x = (row * DRAWS + (uint64_t)what + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((x ^ (x >> 31)) >> 32);
}

static unsigned below(unsigned bound, uint64_t row, enum draw what) {
    return (unsigned)((uint64_t)random_at(row, what) * bound >> 32);
}

static unsigned pick(const choice *list, uint64_t row, enum draw what) {
    unsigned at = below(PER_MILLE, row, what), i = 0;
    for (; at >= list[i].weight; i++) at -= list[i].weight;
    return i;
}

static void flush(void) {
    fwrite(buffer, 1, filled, stdout);
    filled = 0;
}

static void add(const char *text) {
    const size_t length = strlen(text);
    memcpy(buffer + filled, text, length);
    filled += length;
}

static void add_row(const shape *s, const char *const *cells, unsigned number) {
    for (unsigned i = 0; i < number; i++) {
        const bool quoted = s->quoted || strchr(cells[i], ',');
        add(i ? "," : "");
        add(quoted ? "\"" : "");
        add(cells[i]);
        add(quoted ? "\"" : "");
    }
    add(s->line_end);
    if (filled > BUFFER_BYTES - ROW_BYTES) flush();
}

/* The row whose person this one is, too, and whether this is a bank post of theirs. */
static uint64_t person_of(uint64_t row, bool *is_bank) {
    *is_bank = false;
    for (; row >= BACK; row -= BACK) {
        const unsigned kind = below(PER_MILLE, row, KIND);
        if (kind >= 30) break;
        *is_bank = *is_bank || kind >= 10;
    }
    return row;
}

static unsigned smaller(unsigned a, unsigned b) { return a < b ? a : b; }

/* Their sizes differ: many are small. */
static unsigned employer_of(const shape *s, uint64_t person) {
    if (s->ordered) return (unsigned)(person * s->organisations / s->snapshot);
    return smaller(below(s->organisations, person, EMPLOYER_A), below(s->organisations, person, EMPLOYER_B));
}

/* Some organisations write the code before the label, some the label, some the code. */
static const char *ethnicity_as_written(const choice *of, unsigned employer, char *room, size_t size) {
    const unsigned form = below(10, employer, FORM);
    if (form >= 7) return form >= 9 ? of->code : of->text;
    snprintf(room, size, "%s%s%s", of->code, *of->code ? " " : "", of->text);
    return room;
}

static unsigned band_of(uint64_t post, unsigned quarter) {
    const unsigned band = pick(bands, post, BAND);
    return band < HIGHEST_RISE && below(60, post, RISE) < quarter ? band + 1 : band;
}

static void write_row(const shape *s, uint64_t row, unsigned quarter, unsigned quarters) {
    bool is_bank;
    const uint64_t person = person_of(row, &is_bank);
    const uint64_t post = is_bank ? row : person;
    const unsigned employer = employer_of(s, person);
    const bool medical = below(PER_MILLE, person, MEDICAL) < 110;
    char organisation[8], number[24], ethnicity[80], fte[8], team[24], job[16];
    snprintf(organisation, sizeof organisation, "R%c%u", (int)('A' + employer / 10), employer % 10);
    snprintf(number, sizeof number, "%08" PRIu64, UINT64_C(20000000) + person * 7919 % 15000000);
    snprintf(fte, sizeof fte, "%s", below(3, post, FTE) ? "1.0" : "0.6");
    snprintf(team, sizeof team, "Team %u, Ward", below(90, post, TEAM));
    snprintf(job, sizeof job, "Job %u", below(400, post, JOB));
    const char *const cells[] = {
        dates[quarters - 1 - quarter],
        organisation,
        number,
        ethnicity_as_written(ethnicities + pick(ethnicities, person, ETHNICITY), employer, ethnicity, sizeof ethnicity),
        below(100, person, SEX) < 77 ? "F" : "M",
        medical ? "" : bands[band_of(post, quarter)].text,
        medical ? grades[pick(grades, post, GRADE)].text : "",
        medical ? medical_group : groups[pick(groups, post, GROUP)].text,
        is_bank ? bank : categories[pick(categories, person, CATEGORY)].text,
        fte,
        team,
        job};
    add_row(s, cells, sizeof cells / sizeof *cells);
}

static void write_texts(void) {
    char room[80];
    puts("field,text");
    for (size_t i = 0; i < sizeof ethnicities / sizeof *ethnicities; i++) {
        for (unsigned form = 0; form < 3; form++) {
            const choice *of = ethnicities + i;
            snprintf(room, sizeof room, "%s%s%s", form < 2 ? of->code : "", form == 0 && *of->code ? " " : "",
                     form != 1 ? of->text : "");
            if (form == 0 || *of->code) printf("ethnicity,%s\n", room);
        }
    }
    for (size_t i = 0; i < LENGTH_OF_BANDS; i++) printf("pay_band,%s\n", bands[i].text);
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) printf("medical_grade,%s\n", grades[i].text);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) printf("staff_group,%s\n", groups[i].text);
    printf("staff_group,%s\n", medical_group);
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) printf("assignment_category,%s\n", categories[i].text);
}

static int wrong(void) {
    fprintf(stderr,
            "staff ROWS ORGANISATIONS [ordered] [ids] [quoted] [crlf], or staff texts; up to %d rows and %d organisations\n",
            SNAPSHOT * QUARTERS, ORGANISATIONS);
    return 2;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "texts") == 0) return write_texts(), fflush(stdout) != 0;
    const uint64_t rows = argc > 2 ? strtoull(argv[1], NULL, 10) : 0, organisations = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    if (rows == 0 || rows > (uint64_t)SNAPSHOT * QUARTERS || organisations == 0 || organisations > ORGANISATIONS) return wrong();
    shape s = {.organisations = (unsigned)organisations, .snapshot = rows < SNAPSHOT ? rows : SNAPSHOT, .line_end = "\n"};
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "ordered") == 0)
            s.ordered = true;
        else if (strcmp(argv[i], "ids") == 0)
            s.ids = true;
        else if (strcmp(argv[i], "quoted") == 0)
            s.quoted = true;
        else if (strcmp(argv[i], "crlf") == 0)
            s.line_end = "\r\n";
        else
            return wrong();
    }
    const char *const header[] = {"Effective Date",
                                  "Organisation",
                                  s.ids ? "Employee Number" : "Assignment Number",
                                  "Ethnic Origin",
                                  "Gender",
                                  "Grade",
                                  "Medical Grade",
                                  "Staff Group",
                                  "Assignment Category",
                                  "FTE",
                                  "Team",
                                  "Position Title"};
    add_row(&s, header, sizeof header / sizeof *header);
    const unsigned quarters = (unsigned)((rows + SNAPSHOT - 1) / SNAPSHOT);
    for (uint64_t row = 0; row < rows; row++) write_row(&s, row % SNAPSHOT, (unsigned)(row / SNAPSHOT), quarters);
    flush();
    return fflush(stdout) != 0 || ferror(stdout);
}

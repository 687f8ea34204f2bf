#!/usr/bin/env python3
"""Makes the example exports of one fictional trust, organisation code RZZ.

    python3 make_example.py                          the files beside this script
    python3 make_example.py --out DIR --staff 40000 --quarters 12
    python3 make_example.py --clean DIR --staff 400              the same without anything wrong in it
    python3 make_example.py --blemishes DIR --staff 400          that with one of each blemish, listed in planted.csv

Nobody in these files exists. Every choice comes from Random(number).random(), whose sequence is the same in every version of
Python, so the same options give the same bytes everywhere. Random(2025) makes what the indicators of the WRES need; what other
standards need besides (further columns, files and a few rows) is drawn apart, so that it moves none of their figures. The
blemishes are planted on purpose: README.md lists them.
"""

import argparse
import csv
import datetime
import os
import random

LAST_SNAPSHOT = datetime.date(2025, 3, 31)
ORGANISATION = "RZZ"
EN_DASH = "\u2013"


class Draw:
    """Choices made of .random() alone."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def chance(self, p):
        return self.random() < p

    def below(self, n):
        return int(self.random() * n)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def choice(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        """One value of [(value, weight), ...]."""
        left = self.random() * sum(weight for _, weight in pairs)
        for value, weight in pairs:
            left -= weight
            if left < 0:
                return value
        return pairs[-1][0]

    def day(self, first, last):
        return first + datetime.timedelta(days=self.below((last - first).days + 1))


# ---------------------------------------------------------------------------------------------------------------- ethnicity

WHITE = [("A", 880), ("B", 20), ("C", 70), ("CP", 14), ("CK", 5), ("CY", 8), ("CG", 3)]
BME = [("H", 210), ("J", 75), ("K", 20), ("L", 80), ("LE", 10), ("LF", 5), ("M", 75), ("N", 210), ("P", 25), ("PC", 40),
       ("PA", 8), ("D", 28), ("E", 15), ("F", 20), ("G", 20), ("GC", 4), ("R", 28), ("S", 45), ("SC", 70), ("SD", 6), ("SA", 4)]

# code: the label an ESR report prints after it, the short form people type
LABELS = {
    "A": ("White - British", "White British"),
    "B": ("White - Irish", "White Irish"),
    "C": ("White - Any other White background", "Any other White background"),
    "CP": ("White Polish", "Polish"),
    "CK": ("White Italian", "Italian"),
    "CY": ("White Other European", "White Other European"),
    "CG": ("White Greek Cypriot", "Greek Cypriot"),
    "D": ("Mixed - White & Black Caribbean", "White and Black Caribbean"),
    "E": ("Mixed - White & Black African", "White and Black African"),
    "F": ("Mixed - White & Asian", "White and Asian"),
    "G": ("Mixed - Any other mixed background", "Any other mixed background"),
    "GC": ("Mixed - Black & White", "Black and White"),
    "H": ("Asian or Asian British - Indian", "Indian"),
    "J": ("Asian or Asian British - Pakistani", "Pakistani"),
    "K": ("Asian or Asian British - Bangladeshi", "Bangladeshi"),
    "L": ("Asian or Asian British - Any other Asian background", "Any other Asian background"),
    "LE": ("Asian Sri Lankan", "Asian Sri Lankan"),
    "LF": ("Asian Tamil", "Tamil"),
    "M": ("Black or Black British - Caribbean", "Caribbean"),
    "N": ("Black or Black British - African", "African"),
    "P": ("Black or Black British - Any other Black background", "Any other Black background"),
    "PC": ("Black Nigerian", "Nigerian"),
    "PA": ("Black Somali", "Somali"),
    "R": ("Chinese", "Chinese"),
    "S": ("Any Other Ethnic Group", "Any other ethnic group"),
    "SC": ("Filipino", "Filipino"),
    "SD": ("Malaysian", "Malaysian"),
    "SA": ("Vietnamese", "Vietnamese"),
}

# What stands there when nothing is known: text, weight
UNKNOWN = [("Z Not Stated", 300), ("Not Stated", 150), ("Z", 60), ("", 220), ("99", 30), ("Unspecified", 60), ("NULL", 20),
           ("I do not wish to disclose my ethnic origin", 60), ("Prefer not to say", 20)]
DISCONTINUED = ["0", "4", "2"]
UNMAPPED = ["European", "Mancunian", "Human race", "See paper form", "North East"]

STYLES = [("code and label", 56), ("label", 26), ("code", 9), ("short", 7), ("en dash", 1), ("upper case", 1)]


def ethnicity_text(code, style):
    label, short = LABELS[code]
    if style == "code":
        return code
    if style == "label":
        return label
    if style == "short":
        return short
    if style == "en dash":
        return label.replace(" - ", " " + EN_DASH + " ")
    if style == "upper case":
        return label.upper()
    return code + " " + label


def group_of(code):
    if code is None:
        return "unknown"
    return "white" if code[0] in "ABC" else "bme"


# Applicants and survey respondents tick a box, so their texts are those of the form.
FORM = {
    "A": "White - English / Welsh / Scottish / Northern Irish / British",
    "B": "White - Irish",
    "C": "Any other White background",
    "D": "Mixed/Multiple ethnic background - White and Black Caribbean",
    "F": "Mixed/Multiple ethnic background - White and Asian",
    "H": "Indian",
    "J": "Pakistani",
    "K": "Bangladeshi",
    "L": "Any other Asian background",
    "M": "Black/African/Caribbean/Black British - Caribbean",
    "N": "Black/African/Caribbean/Black British - African",
    "R": "Asian/Asian British - Chinese",
    "S": "Other ethnic group - Any other ethnic background",
}
FORM_WHITE = [("A", 90), ("B", 3), ("C", 7)]
FORM_BME = [("H", 22), ("J", 9), ("K", 3), ("L", 16), ("M", 8), ("N", 27), ("D", 4), ("F", 3), ("R", 3), ("S", 9)]


# ----------------------------------------------------------------------------------------------------------------- the staff

BANDS = ["Under Band 1", "Band 1", "Band 2", "Band 3", "Band 4", "Band 5", "Band 6", "Band 7",
         "Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"]

NURSING = "Nursing and Midwifery Registered"
SUPPORT = "Additional Clinical Services"
ALLIED = "Allied Health Professionals"
SCIENTIFIC = "Add Prof Scientific and Technic"
SCIENCE = "Healthcare Scientists"
STUDENTS = "Students"
CLERICAL = "Administrative and Clerical"
ESTATES = "Estates and Ancillary"
MEDICAL = "Medical and Dental"

STAFF_GROUPS = [(NURSING, 300), (SUPPORT, 190), (ALLIED, 70), (SCIENTIFIC, 35), (SCIENCE, 22), (STUDENTS, 3),
                (CLERICAL, 190), (ESTATES, 75), (MEDICAL, 120)]

BANDS_OF = {
    NURSING: [("Band 5", 480), ("Band 6", 280), ("Band 7", 150), ("Band 8a", 55), ("Band 8b", 20), ("Band 8c", 10),
              ("Band 8d", 4), ("Band 9", 2)],
    SUPPORT: [("Under Band 1", 10), ("Band 2", 480), ("Band 3", 370), ("Band 4", 140)],
    ALLIED: [("Band 5", 260), ("Band 6", 390), ("Band 7", 250), ("Band 8a", 70), ("Band 8b", 20), ("Band 8c", 10)],
    SCIENTIFIC: [("Band 4", 150), ("Band 5", 200), ("Band 6", 250), ("Band 7", 220), ("Band 8a", 120), ("Band 8b", 40),
                 ("Band 8c", 20)],
    SCIENCE: [("Band 4", 120), ("Band 5", 220), ("Band 6", 330), ("Band 7", 210), ("Band 8a", 80), ("Band 8b", 40)],
    STUDENTS: [("Band 4", 500), ("Band 5", 500)],
    CLERICAL: [("Under Band 1", 6), ("Band 2", 290), ("Band 3", 230), ("Band 4", 160), ("Band 5", 100), ("Band 6", 80),
               ("Band 7", 58), ("Band 8a", 34), ("Band 8b", 18), ("Band 8c", 12), ("Band 8d", 6), ("Band 9", 4), ("VSM", 8),
               ("Non AfC grade", 6)],
    ESTATES: [("Under Band 1", 8), ("Band 1", 40), ("Band 2", 690), ("Band 3", 170), ("Band 4", 60), ("Band 5", 22),
              ("Band 7", 10)],
}

CLINICAL_BME = {"Under Band 1": .22, "Band 1": .25, "Band 2": .30, "Band 3": .27, "Band 4": .24, "Band 5": .38, "Band 6": .27,
                "Band 7": .18, "Band 8a": .14, "Band 8b": .12, "Band 8c": .10, "Band 8d": .08, "Band 9": .07, "VSM": .08,
                "Non AfC grade": .20}
OTHER_BME = {"Under Band 1": .18, "Band 1": .26, "Band 2": .22, "Band 3": .18, "Band 4": .16, "Band 5": .17, "Band 6": .16,
             "Band 7": .14, "Band 8a": .13, "Band 8b": .11, "Band 8c": .10, "Band 8d": .08, "Band 9": .07, "VSM": .08,
             "Non AfC grade": .16}

MEDICAL_GRADES = [  # text, weight, BME share
    (("Consultant", .37), 440), (("Locum Consultant", .50), 14), (("Specialty Doctor", .58), 90),
    (("Associate Specialist", .48), 25), (("Trust Grade Dr " + EN_DASH + " Career Grade", .60), 12),
    (("Specialty Registrar", .42), 200), (("Core Training", .40), 70), (("Foundation Doctor Year 1", .36), 50),
    (("Foundation Year 2", .36), 40), (("FY1", .36), 4), (("Clinical Fellow", .56), 45), (("Hospital Practitioner", .20), 10),
]
TRAINING_POSTS = ("Registrar", "Core", "Foundation", "FY", "Fellow")

WARDS = ["Emergency Department", "Ward 4 Stroke", "Ward 7 Respiratory", "Ward 9 Surgery", "Ward 11 Older People", "Ward 12 Renal",
         "Critical Care", "Theatres, Recovery and Anaesthetics", "Maternity", "Children's Services", "Outpatients",
         "Community Nursing " + EN_DASH + " North", "Community Nursing " + EN_DASH + " South", "Sexual Health"]
TEAMS = {
    NURSING: WARDS,
    SUPPORT: WARDS,
    STUDENTS: WARDS[:6],
    ALLIED: ["Therapies", "Imaging", "Community Nursing " + EN_DASH + " North", "Ward 4 Stroke"],
    SCIENTIFIC: ["Pharmacy", "Psychology", "Theatres, Recovery and Anaesthetics"],
    SCIENCE: ["Pathology", "Imaging", "Medical Physics"],
    CLERICAL: ["Outpatients", "Finance", "People and Culture", "Digital", "Emergency Department", "Maternity", "Trust Headquarters"],
    ESTATES: ["Estates, Facilities and Portering", "Catering"],
    MEDICAL: ["Emergency Department", "Critical Care", "Theatres, Recovery and Anaesthetics", "Maternity", "Children's Services",
              "Imaging", "Ward 9 Surgery", "Ward 11 Older People"],
}

TITLES = {
    NURSING: ["Staff Nurse", "Midwife", "Sister", "Specialist Nurse", "Matron"],
    SUPPORT: ["Healthcare Assistant", "Clinical Support Worker", "Therapy Assistant"],
    STUDENTS: ["Trainee"],
    ALLIED: ["Physiotherapist", "Radiographer", "Dietitian"],
    SCIENTIFIC: ["Pharmacist", "Pharmacy Technician", "Psychologist"],
    SCIENCE: ["Biomedical Scientist", "Clinical Scientist"],
    CLERICAL: ["Receptionist", "Analyst", "Medical Secretary", "Manager", "Administrator"],
    ESTATES: ["Porter", "Domestic", "Cook", "Electrician"],
    MEDICAL: ["Doctor"],
}


class Post:
    """One assignment: what its row says apart from the person."""

    __slots__ = ("band", "band_style", "medical", "pay_code", "staff_group", "category", "primary", "fte", "team", "title")

    def __init__(self, staff_group, band="", medical="", category="Permanent", primary="", fte="1.00", team="", title="",
                 band_style="plain", pay_code=""):
        self.staff_group = staff_group
        self.band = band
        self.medical = medical
        self.category = category
        self.primary = primary
        self.fte = fte
        self.team = team
        self.title = title
        self.band_style = band_style
        self.pay_code = pay_code


class Person:
    __slots__ = ("number", "code", "unknown_text", "style", "sex", "posts", "kind", "traits")

    def __init__(self, number, code, unknown_text, style, sex, posts, kind):
        self.number = number
        self.code = code                    # None: not known, and unknown_text stands in its place
        self.unknown_text = unknown_text
        self.style = style
        self.sex = sex
        self.posts = posts
        self.kind = kind                    # staff, bank, honorary, board
        self.traits = None

    def ethnicity(self, style=None):
        if self.code is None:
            return self.unknown_text
        return ethnicity_text(self.code, style or self.style)


# ------------------------------------------------------------------------------------------------------- further characteristics

NATIONALITIES = {  # by the first letter of the ethnic code: text, weight
    "A": [("British", 960), ("Irish", 12), ("South African", 10), ("Australian", 8), ("American", 5), ("", 5)],
    "B": [("Irish", 640), ("British", 340), ("", 20)],
    "C": [("Polish", 240), ("Portuguese", 170), ("Romanian", 150), ("Spanish", 120), ("Italian", 100), ("British", 180), ("Greek", 40)],
    "D": [("British", 940), ("Jamaican", 40), ("", 20)],
    "E": [("British", 900), ("Nigerian", 60), ("", 40)],
    "F": [("British", 930), ("Indian", 50), ("", 20)],
    "G": [("British", 880), ("Brazilian", 60), ("", 60)],
    "H": [("Indian", 520), ("British", 440), ("Kenyan", 20), ("", 20)],
    "J": [("Pakistani", 400), ("British", 570), ("", 30)],
    "K": [("British", 700), ("Bangladeshi", 280), ("", 20)],
    "L": [("Sri Lankan", 240), ("Nepalese", 260), ("Myanmar", 80), ("British", 400), ("", 20)],
    "M": [("British", 800), ("Jamaican", 170), ("", 30)],
    "N": [("Nigerian", 330), ("Ghanaian", 190), ("Zimbabwean", 180), ("British", 270), ("", 30)],
    "P": [("Nigerian", 420), ("Somali", 130), ("British", 420), ("", 30)],
    "R": [("Chinese", 350), ("Malaysian", 150), ("British", 480), ("", 20)],
    "S": [("Filipino", 560), ("Egyptian", 120), ("Iraqi", 90), ("British", 210), ("", 20)],
}
NATIONALITY_UNKNOWN = [("British", 500), ("Indian", 60), ("Not Stated", 240), ("", 200)]
EUROPEAN = {"Irish", "Polish", "Portuguese", "Romanian", "Spanish", "Italian", "Greek"}
DISABILITIES = [("No", 780), ("Yes", 62), ("Not Declared", 118), ("Prefer Not To Answer", 25), ("", 15)]
CONSULTANTS = ("Consultant", "Locum Consultant")


class Traits:
    """What is the same of a person in every snapshot. Drawn from the person's number alone, so that nobody else moves it."""

    def __init__(self, seed, number, code):
        draw = Draw(seed * 10 ** 9 + int(number))
        self.disability = draw.weighted(DISABILITIES)
        self.nationality = draw.weighted(NATIONALITIES[code[0]] if code else NATIONALITY_UNKNOWN)
        abroad = self.nationality not in ("British", "Irish", "Not Stated", "")
        self.international = draw.weighted([("Yes", 62 if abroad else 0), ("No", 100 if not abroad else 33), ("", 5)])
        home = {"British": [("UK", 94), ("EEA", 2), ("International", 3), ("", 1)], "": [("", 100)], "Not Stated": [("", 100)]}
        europe = [("EEA", 80), ("UK", 20)]
        world = [("International", 78), ("UK", 18), ("EEA", 3), ("", 1)]
        self.qualified = draw.weighted(home.get(self.nationality, europe if self.nationality in EUROPEAN else world))
        self.talent, self.role = draw.random(), draw.random()

    def job_role(self, post):
        if post.medical == "Consultant" and self.role < .008:
            return "Medical Director"
        if post.medical == "Consultant" and self.role < .06:
            return "Clinical Director - Medical"
        return post.medical.replace(EN_DASH, "-") if post.medical else post.title

    def programme(self, post, group):
        bands = ("Band 5", "Band 6", "Band 7", "Band 8a", "Band 8b")
        return "Participant" if post.band in bands and self.talent < (.11 if group == "bme" else .03) else ""


def further(traits, group, post):
    """The columns after Position Title."""
    qualified = traits.qualified if post.medical else ""
    return [traits.disability, traits.nationality, traits.international, qualified, traits.job_role(post).replace("\n", " "),
            traits.programme(post, group)]


def band_text(post):
    """The band in the spelling of one pay export or another."""
    band, style = post.band, post.band_style
    if post.medical:
        return post.pay_code
    if not band.startswith("Band "):
        other = {"VSM": "Very Senior Manager", "Under Band 1": "Apprentice", "Non AfC grade": "Trust Scale"}
        return other.get(band, band) if style in ("long", "coded") else {"Non AfC grade": "Non AfC Grade"}.get(band, band)
    level = band[5:]
    if style == "short":
        return "B" + level if len(level) == 1 else level.upper()
    if style == "long":
        return "AfC " + band if len(level) == 1 else "Band 8 - Range " + level[1].upper()
    if style == "coded" and level in "234567":
        if post.staff_group in (CLERICAL, ESTATES):
            return "NHS|XN0%s|Non Review Body Band %s" % (level, level)
        return "NHS|XR0%s|Review Body Band %s" % (level, level)
    return band


BAND_STYLES = [("plain", 62), ("coded", 22), ("long", 10), ("short", 6)]


def ethnicity_draw(draw, bme_share, unknown_share=.034):
    """A code, or None with the text that stands for not knowing."""
    if draw.chance(unknown_share):
        return None, draw.weighted(UNKNOWN)
    return draw.weighted(BME if draw.chance(bme_share) else WHITE), ""


def post_draw(draw, category=None):
    """A post and the BME share among people who hold one like it."""
    group = draw.weighted(STAFF_GROUPS)
    post = Post(group, fte=draw.weighted([("1.00", 62), ("0.80", 14), ("0.60", 12), ("0.50", 6), ("0.67", 4), ("", 2)]),
                team=draw.choice(TEAMS[group]), title=draw.choice(TITLES[group]))
    if group == MEDICAL:
        post.medical, share = draw.weighted(MEDICAL_GRADES)
        if post.medical.startswith("Consultant"):
            post.pay_code = draw.weighted([("", 80), ("YC72", 16), ("Non AfC Grade", 4)])
        post.category = "Fixed Term Temp" if any(word in post.medical for word in TRAINING_POSTS) else "Permanent"
        if "Locum" in post.medical:
            post.category = "Locum"
    else:
        post.band = draw.weighted(BANDS_OF[group])
        post.band_style = draw.weighted(BAND_STYLES)
        post.category = draw.weighted([("Permanent", 900), ("Fixed Term Temp", 95), ("", 5)])
        share = (OTHER_BME if group in (CLERICAL, ESTATES) else CLINICAL_BME)[post.band]
    if category:
        post.category = category
    return post, share


def sex_draw(draw, group):
    women = {MEDICAL: .47, ESTATES: .52, CLERICAL: .76}.get(group, .85)
    return "Female" if draw.chance(women) else "Male"


def second_post(draw, first):
    """A neighbouring band in the same staff group, so that the rule for two posts has something to decide."""
    bands = [band for band, _ in BANDS_OF[first.staff_group] if band in BANDS]
    place = bands.index(first.band)
    near = bands[max(0, place - 1):place] + bands[place + 1:place + 2]
    return Post(first.staff_group, band=draw.choice(near), band_style=draw.weighted(BAND_STYLES), fte="0.20",
                team=draw.choice(TEAMS[first.staff_group]), title=first.title)


def person_draw(draw, number):
    kind = draw.weighted([("staff", 930), ("bank", 56), ("honorary", 12), ("board", 2)])
    if kind == "board":
        posts = [Post("", category="Non-Exec Director/Chair", team="Trust Headquarters", title="Non-Executive Director", fte="")]
        code, text = ethnicity_draw(draw, .12)
        return Person(number, code, text, draw.weighted(STYLES), sex_draw(draw, MEDICAL), posts, kind)
    post, share = post_draw(draw, {"bank": "Bank", "honorary": "Honorary"}.get(kind))
    if kind == "bank":
        post.team, post.fte = "Staff Bank", ""
        share = min(.6, share * 1.5)
    code, text = ethnicity_draw(draw, share)
    person = Person(number, code, text, draw.weighted(STYLES), sex_draw(draw, post.staff_group), [post], kind)
    if kind == "staff":
        add_posts(draw, person)
    return person


def add_posts(draw, person):
    first = person.posts[0]
    first.primary = draw.weighted([("Yes", 90), ("", 10)])
    if first.band in BANDS and draw.chance(.02):
        other = second_post(draw, first)
        if draw.chance(.5):
            first.primary, other.primary = "Yes", "No"
        else:
            first.primary, other.primary = "", ""
        person.posts.append(other)
    elif draw.chance(.03):
        bank = Post(first.staff_group, band=first.band, medical=first.medical, category="Bank", primary="No", fte="",
                    team="Staff Bank", title=first.title, band_style=first.band_style, pay_code=first.pay_code)
        person.posts.append(bank)


def quarter_passes(draw, people, next_number):
    """People leave, join, are promoted, and a few say at last what their ethnicity is."""
    stayed = [person for person in people if not draw.chance(.045 if person.kind == "bank" else .026)]
    for person in stayed:
        post = person.posts[0]
        if person.kind == "staff" and len(person.posts) == 1 and post.band in BANDS[:-2]:
            if draw.chance(.016 if group_of(person.code) == "white" else .011):
                post.band = BANDS[BANDS.index(post.band) + 1]
        if person.code is None and draw.chance(.04):
            person.code = draw.weighted(BME if draw.chance(.26) else WHITE)
    joiners = len(people) - len(stayed) + draw.below(1 + len(people) // 100)
    for _ in range(joiners):
        stayed.append(person_draw(draw, next_number))
        next_number += 1
    return stayed, next_number


# ----------------------------------------------------------------------------------------------------------- planted people

def planted_rows():
    """Rows that stand in every snapshot, one person per question. README.md gives the answers."""
    nurse, clerk = Post(NURSING, "Band 5", team="Maternity"), Post(CLERICAL, "Band 4", team="Finance")

    def post(like, **changes):
        made = Post(like.staff_group, like.band, team=like.team, title=like.title)
        for name, value in changes.items():
            setattr(made, name, value)
        return made

    return [  # number, sex, [(ethnicity, post), ...]
        ("20900001", "Female", [("A White - British", post(nurse, primary="Yes")),
                                ("A White - British", post(nurse, band="Band 7", primary="No", team="Outpatients"))]),
        ("20900002", "Male", [("N", post(nurse, band="Band 6")), ("N", post(clerk))]),
        ("20900003", "Male", [("H", post(nurse, staff_group=CLERICAL, band="VSM", team="Trust Headquarters")),
                              ("H", post(nurse, staff_group=MEDICAL, band="", medical="Consultant"))]),
        ("20900004", "Female", [("SC Filipino", post(nurse, staff_group=SUPPORT, band="Band 3", primary="No")),
                                ("SC Filipino", post(nurse, category="Bank", primary="Yes", team="Staff Bank"))]),
        ("20900005", "Female", [("", post(nurse, primary="Yes")), ("N", post(clerk, primary="No"))]),
        ("20900006", "Male", [("White - Irish", post(nurse, primary="Y")),
                              ("Indian", post(nurse, band="Band 6", primary="N"))]),
        ("20900007", "Female", [("", post(nurse, primary="Yes")), ("African", post(nurse, band="Band 6", primary="No")),
                                ("White British", post(clerk, primary="No"))]),
        ("20900008", "Female", [("Pakistani", post(nurse)), ("Pakistani", post(nurse))]),
        ("20900009", "Female", [("B White - Irish", post(nurse, band="Band 8"))]),
        ("20900010", "Male", [("A", post(clerk, band=""))]),
        ("20900011", "Female", [("M", post(clerk, staff_group="", team="Catering"))]),
        ("20900012", "Male", [("A", post(clerk, staff_group=CLERICAL, band="Band 9", medical="Consultant",
                                         pay_code="Band 9", team="Digital"))]),
        ("20900013", "Female", [("J", post(nurse, staff_group="", band="", medical="Specialty Doctor", pay_code="Band 7"))]),
        ("20900014", "Male", [("A", post(clerk, staff_group="", band="Chair", category="Fixed Term Temp",
                                         team="Trust Headquarters"))]),
        ("20900015", "Female", [("K", post(nurse, band="Band 6", team="Digital")),
                                ("K", post(clerk, band="Band 6", team="Finance"))]),
        ("20900016", "Female", [("GC", post(nurse, band="Band 4", primary="Yes")), ("GC", post(nurse, band="Band 6", primary="1"))]),
        ("20900017", "", [("Z Not Stated", post(nurse))]),
        ("20900018", "F", [("0", post(clerk))]),
        ("20900019", "M", [("LZ", post(clerk, band="Band 2"))]),
        ("20900020", "Female", [("  White - British   ", post(nurse, band="Band 6", title="Sister,\nWard 9"))]),
        ("20900021", "Female", [("Asian or Asian British - Indian", post(nurse, category="Bank", team="Staff Bank"))]),
        ("20900022", "Male", [("White British", post(nurse, category="Agency"))]),
    ]


def planted_nameless():
    """Two rows without an Employee Number: two people, in the last snapshot only."""
    return [("", "Female", [("N", Post(NURSING, "Band 5", team="Ward 12 Renal", title="Staff Nurse"))]),
            ("", "Male", [("A White - British", Post(NURSING, "Band 5", team="Ward 12 Renal", title="Staff Nurse"))])]


# ---------------------------------------------------------------------------------------------------------------- the files

class Distinct:
    """Leaves out rows that were written already."""

    def __init__(self, rows):
        self.rows, self.seen = rows, set()

    def writerow(self, row):
        key = tuple(str(cell) for cell in row)
        if key not in self.seen:
            self.seen.add(key)
            self.rows.writerow(row)


class Exports:
    def __init__(self, folder, draw, staff, quarters, clean=False):
        self.folder = folder
        self.clean = clean                  # nothing planted, nobody twice, no event before its person came
        self.joined = {}                    # when clean: the day somebody joined
        self.came_after = {}                # when clean: the snapshot before the first that has somebody
        self.draw = draw
        self.staff = staff
        self.snapshots = [months_before(LAST_SNAPSHOT, 3 * back) for back in range(quarters - 1, -1, -1)]
        self.present = []                   # per snapshot: (number, group, kind) of the people in it
        self.places = []                    # per snapshot: {number: (kind, band, medical grade, staff group)} of the first post

    def writer(self, name, header, line_end="\n", encoding="utf-8"):
        file = open(os.path.join(self.folder, name), "w", encoding=encoding, newline="")
        rows = csv.writer(file, lineterminator=line_end)
        rows.writerow(header)
        return file, Distinct(rows) if self.clean and name not in ("board.csv", "committee.csv") else rows

    def was_there(self, date, number):
        """Whether an event of that day can be this person's; always, in files that need not be clean."""
        number = str(number).strip()
        if number in self.joined:
            return date >= self.joined[number]
        return number not in self.came_after or date > self.came_after[number]

    def event_quarters(self):
        """(first day, last day, people) of every quarter with events: a year before the first snapshot to the last one."""
        for back in range(len(self.snapshots) + 2, -1, -1):
            last = months_before(LAST_SNAPSHOT, 3 * back)
            first = months_before(last, 3) + datetime.timedelta(days=1)
            yield first, last, self.present[max(0, len(self.snapshots) - 1 - back)]

    # -- workforce

    def workforce(self):
        header = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Medical Grade",
                  "Staff Group", "Assignment Category", "Primary Assignment", "FTE", "Team", "Position Title",
                  "Disability", "Nationality", "International Recruit", "Qualification Region", "Job Role", "Talent Programme"]
        file, rows = self.writer("workforce.csv", header + (["Assignment Status"] if self.clean else []), encoding="utf-8-sig")
        with file:
            people, next_number = [], 20000001
            for _ in range(self.staff):
                people.append(person_draw(self.draw, next_number))
                next_number += 1
            if not self.clean:
                self.odd_texts(people)
            for date in self.snapshots:
                if date != self.snapshots[0]:
                    people, next_number = quarter_passes(self.draw, people, next_number)
                self.snapshot(rows, date, people)

    def odd_texts(self, people):
        """A few discontinued codes and texts that stand in no list."""
        staff = [person for person in people if person.kind == "staff"]
        for text in DISCONTINUED + UNMAPPED * max(2, len(people) // 2000):
            person = self.draw.choice(staff)
            person.code, person.unknown_text = None, text

    def snapshot(self, rows, date, people):
        draw = self.draw
        for person in people:
            for post in person.posts:
                style = draw.weighted(STYLES) if draw.chance(.03) else None
                self.staff_row(rows, date, person, person.ethnicity(style), post)
        for person in [] if self.clean else people[:12]:          # the same row exported twice
            for post in person.posts:
                self.staff_row(rows, date, person, person.ethnicity(), post)
        planted = planted_rows() + (planted_nameless() if date == LAST_SNAPSHOT else [])
        for number, sex, posts in [] if self.clean else planted:
            for ethnicity, post in posts:
                traits = Traits(1, number or "20900000", None)
                rows.writerow(row_of(date, number, ethnicity, sex, post) + further(traits, "unknown", post))
        self.places.append({str(person.number): (person.kind, person.posts[0].band, person.posts[0].medical,
                                                 person.posts[0].staff_group) for person in people})
        for person in people if self.clean and len(self.places) > 1 else []:
            if str(person.number) not in self.places[-2]:
                self.came_after.setdefault(str(person.number), self.snapshots[len(self.places) - 2])
        self.present.append([(str(person.number), group_of(person.code), person.kind) for person in people])

    def staff_row(self, rows, date, person, ethnicity, post):
        row = row_of(date, str(person.number), ethnicity, person.sex, post)
        if self.draw.chance(.004):          # blanks around a value, as fixed-width exports leave them
            row[3] = " " + row[3] + "  "
            row[11] = row[11] + "   "
        if person.traits is None:
            person.traits = Traits(1, person.number, person.code)
        rows.writerow(row + further(person.traits, group_of(person.code), post) + (["Active"] if self.clean else []))

    # -- recruitment

    def recruitment(self):
        draw = self.draw
        header = ["Vacancy Ref", "Applicant ID", "Application Date", "Ethnic Origin", "Stage", "Source", "Band", "Medical Grade", "Staff Group",
                  "Disability", "International Recruit"]
        file, rows = self.writer("recruitment.csv", header, line_end="\r\n")
        with file:
            written, vacancy, applicants = 0, 0, []
            for first, last, people in self.event_quarters():
                for _ in range(len(people) // 40):
                    vacancy += 1
                    written += self.vacancy(rows, "365-RZZ-%05d" % vacancy, draw.day(first, last), applicants)
            after = LAST_SNAPSHOT + datetime.timedelta(days=9)
            written += self.vacancy(rows, "365-RZZ-%05d" % (vacancy + 1), after, applicants)
            rows.writerow(["Total", "{:,}".format(written), "", "", "", "", "", "", "", "", ""])

    def vacancy(self, rows, reference, opened, applicants):
        draw, written, asked, post = self.draw, 0, set(), vacancy_post(reference)
        for _ in range(draw.between(4, 16)):
            if applicants and draw.chance(.12):
                number, text, group = applicants[-1 - draw.below(min(60, len(applicants)))]
            else:
                number = "AP%06d" % (len(applicants) + 1)
                text, group = self.form_ethnicity(.45, .03)
                applicants.append((number, text, group))
            if number in asked:
                continue
            asked.add(number)
            date = opened + datetime.timedelta(days=draw.below(15))
            stage = self.stage(group)
            source = "Internal" if draw.chance(.25) else "External"
            if stage in ("Interviewed", "Appointed") and draw.chance(.05):
                before = "" if draw.chance(.2) else text        # the same application, exported at an earlier stage too
                rows.writerow([reference, number, date.isoformat(), before, "Shortlisted", source] + post + applicant_traits(number, stage))
                written += 1
            rows.writerow([reference, number, date.isoformat(), text, stage, source] + post + applicant_traits(number, stage))
            written += 1
        return written

    def stage(self, group):
        draw = self.draw
        if not draw.chance({"white": .50, "bme": .40}.get(group, .45)):
            return "Applied"
        if draw.chance({"white": .285, "bme": .19}.get(group, .24)):
            return draw.weighted([("Appointed", 85), ("Started", 15)])
        return draw.weighted([("Shortlisted", 40), ("Interviewed", 55), ("Offered", 5)])

    def form_ethnicity(self, bme_share, unknown_share):
        draw = self.draw
        if draw.chance(unknown_share):
            return draw.weighted([("Prefer not to say", 60), ("", 40)]), "unknown"
        if draw.chance(bme_share):
            return FORM[draw.weighted(FORM_BME)], "bme"
        return FORM[draw.weighted(FORM_WHITE)], "white"

    # -- cases

    def cases(self):
        draw = self.draw
        file, rows = self.writer("cases.csv", ["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal", "Outcome"])
        with file:
            number = 0

            def write(date, employee, kind, formal):
                nonlocal number
                if not self.was_there(date, employee):
                    return
                number += 1
                rows.writerow([date.strftime("%d/%m/%Y"), "ER%05d" % number, employee, kind, formal, case_outcome(number, kind, formal)])

            for first, last, people in self.event_quarters():
                for employee, group, kind in people:
                    if kind == "board":
                        continue
                    if draw.chance({"white": .0024, "bme": .0046}.get(group, .003)):
                        write(draw.day(first, last), employee, "Disciplinary", "Y")
                        if draw.chance(.12):            # a second case of the same person
                            write(draw.day(first, last), employee, "Disciplinary", draw.weighted([("Y", 3), ("N", 1)]))
                    if draw.chance(.0045):
                        write(draw.day(first, last), employee, draw.weighted(
                            [("Disciplinary", 40), ("Grievance", 30), ("Capability", 15), ("Bullying and Harassment", 10),
                             ("MHPS", 5)]), draw.weighted([("N", 60), ("Y", 40)]))
            if not self.clean:
                self.planted_cases(write)
            self.further_cases(write)

    def further_cases(self, write):
        """Formal capability cases and cases of doctors, which indicator 3 does not count."""
        draw = Draw(7)
        for first, last, people in self.event_quarters():
            places = self.places[self.present.index(people)]
            for employee, group, _ in people:
                kind, _, medical, _ = places[employee]
                if kind != "staff":
                    continue
                disabled = Traits(1, employee, None).disability == "Yes"
                if draw.chance(.004 if disabled else .0012):
                    write(draw.day(first, last), employee, "Capability", "Y")
                if medical and draw.chance(.010 if group == "bme" else .006):
                    write(draw.day(first, last), employee, "MHPS", "Y")

    @staticmethod
    def planted_cases(write):
        day = datetime.date
        write(day(2024, 5, 14), "20999991", "Disciplinary", "Y")        # found in no snapshot
        write(day(2024, 11, 20), "20999991", "Disciplinary", "Y")       # the same person again
        write(day(2025, 1, 8), "20999992", "Disciplinary", "Y")         # found in no snapshot
        write(day(2024, 9, 2), "20900021", "Disciplinary", "Y")         # bank only: not staff
        write(day(2024, 4, 1), " 20900005 ", "Disciplinary", "Yes")     # first day of the window, blanks around the number
        write(day(2025, 3, 31), "20900006", "Disciplinary", "Y")        # last day of the window
        write(day(2024, 3, 31), "20900008", "Disciplinary", "Y")        # a day too early
        write(day(2025, 4, 1), "20900002", "Disciplinary", "Y")         # a day too late

    # -- training

    def training(self):
        draw = self.draw
        file, rows = self.writer("training.csv", ["Completion Date", "Employee Number", "Training Type"])
        with file:
            for first, last, people in self.event_quarters():
                for employee, group, kind in people:
                    if kind == "board":
                        continue
                    if draw.chance({"white": .125, "bme": .105}.get(group, .09)):
                        for _ in range(draw.between(1, 2)):
                            self.course(rows, draw.day(first, last), employee,
                                        draw.weighted([("Non-mandatory", 60), ("CPD Study Leave", 40)]))
                    if draw.chance(.2):
                        self.course(rows, draw.day(first, last), employee, "Mandatory")
            for number in [] if self.clean else ("20900021", "20999993"):
                rows.writerow(["2024-10-03", number, "Non-mandatory"])

    def course(self, rows, date, employee, kind):
        if self.was_there(date, employee):
            rows.writerow([date.isoformat(), employee, kind])

    # -- survey

    def survey(self):
        draw = self.draw
        file, rows = self.writer("survey.csv", ["Survey Year", "Respondent ID", "Ethnicity", "Question", "Answer", "Staff Group", "Disability"])
        with file:
            for year in range(self.snapshots[0].year - 1, LAST_SNAPSHOT.year):
                for serial in range(1, self.staff * 3 // 10 + 1):
                    text, group = self.form_ethnicity(.24, .04)
                    respondent = "%02d-%05d" % (year % 100, serial)
                    about = respondent_traits(year, serial)
                    for question in ("Q14a", "Q14b", "Q14c", "Q15", "Q16b"):
                        answer = self.answer(question, group)
                        rows.writerow([year, respondent, text, question, answer] + about)
                    for question, answer in further_answers(Draw(8 * 10 ** 9 + year * 10 ** 5 + serial), about[1]):
                        rows.writerow([year, respondent, text, question, answer] + about)

    def answer(self, question, group):
        draw = self.draw
        if draw.chance(.025):
            return ""
        yes = {"Q14a": {"white": .25, "bme": .29}, "Q14b": {"white": .10, "bme": .12}, "Q14c": {"white": .16, "bme": .20},
               "Q15": {"white": .58, "bme": .46}, "Q16b": {"white": .065, "bme": .155}}[question]
        yes = yes.get(group, yes["white"])
        if question.startswith("Q14"):
            if not draw.chance(yes):
                return "Never"
            return draw.weighted([("1-2", 55), ("1" + EN_DASH + "2", 5), ("3-5", 25), ("6-10", 9), ("More than 10", 6)])
        if draw.chance(yes):
            return "Yes"
        if question == "Q15":
            return "Don't know" if draw.chance(.5) else "No"
        return "Don't know" if draw.chance(.01) else "No"

    # -- board

    def board(self):
        file, rows = self.writer("board.csv", ["Date", "Ethnicity", "Voting", "Executive", "Disability"])
        with file:
            for date, members in BOARD:
                for place, (ethnicity, voting, executive) in enumerate(members):
                    disability = {3: "Yes", 6: "Not Declared", 9: "Prefer Not To Answer"}.get(place, "No")
                    rows.writerow([date, ethnicity, voting, executive, disability])

    # -- files of the other standards

    def doctors(self):
        """(number, group, medical grade) of the doctors in the last snapshot."""
        places = self.places[-1]
        return [(number, group, places[number][2]) for number, group, kind in self.present[-1] if kind == "staff" and places[number][2]]

    def awards(self):
        draw = Draw(3)
        file, rows = self.writer("awards.csv", ["Round Year", "Employee Number", "Stage"])
        with file:
            for year in (LAST_SNAPSHOT.year - 2, LAST_SNAPSHOT.year - 1):
                for number, group, grade in self.doctors():
                    if grade != "Consultant" or draw.chance(.08):       # a year in post comes first
                        continue
                    applies = draw.chance(.46 if group == "white" else .37)
                    awarded = draw.chance(.44 if group == "white" else .34)
                    rows.writerow([year, number, "Eligible" if not applies else "Awarded" if awarded else "Applied"])

    def referrals(self):
        draw = Draw(4)
        first = months_before(LAST_SNAPSHOT, 66) + datetime.timedelta(days=1)
        file, rows = self.writer("referrals.csv", ["Date", "Employee Number", "Kind", "Outcome"])
        with file:
            for number, group, _ in self.doctors():
                for kind, white, bme in (("Employer referral", .030, .055), ("Complaint", .12, .13), ("Self-referral", .01, .01)):
                    while draw.chance(bme if group == "bme" else white):
                        outcome = draw.weighted([("No further action", 70), ("Advice given", 14), ("Warning issued", 8), ("Undertakings", 5), ("", 3)])
                        date = draw.day(first, LAST_SNAPSHOT)
                        if self.was_there(date, number):
                            rows.writerow([date.isoformat(), number, kind, outcome])
            if not self.clean:
                rows.writerow(["2024-12-02", "20999991", "Employer referral", "No further action"])     # found in no snapshot

    def movements(self):
        """Who came, who went, and whose band rose between two snapshots."""
        draw = Draw(5)
        file, rows = self.writer("movements.csv", ["Date", "Employee Number", "Kind", "From Band", "To Band", "Staff Group"])
        with file:
            for after in range(1, len(self.snapshots)):
                first, last = self.snapshots[after - 1] + datetime.timedelta(days=1), self.snapshots[after]
                old, new = self.places[after - 1], self.places[after]
                for number, (kind, band, _, staff_group) in old.items():
                    if kind == "staff" and number not in new:
                        rows.writerow([draw.day(first, last).isoformat(), number, "Leaver", band, "", staff_group])
                for number, (kind, band, _, staff_group) in new.items():
                    if kind != "staff":
                        continue
                    if number not in old:
                        date = draw.day(first, last)
                        if self.clean:
                            self.joined[number] = date
                        rows.writerow([date.isoformat(), number, "Joiner", "", band, staff_group])
                    elif old[number][1] != band:
                        rows.writerow([draw.day(first, last).isoformat(), number, "Promotion", old[number][1], band, staff_group])

    def committee(self):
        file, rows = self.writer("committee.csv", ["Date", "Committee", "Ethnicity", "Qualification Region"])
        with file:
            for date, members in COMMITTEE:
                for ethnicity, qualified in members:
                    rows.writerow([date, "Senior Medical Committee", ethnicity, qualified])


BOARD_USUAL = [("White - British", "Y", "Y")] * 4 + [("White - British", "Y", "N")] * 4
BOARD = [
    ("2023-03-31", BOARD_USUAL + [("White - Irish", "Y", "N"), ("White - British", "N", "Y"), ("White - British", "N", "Y"),
                                  ("Not Stated", "Y", "N"), ("White - British", "Y", "Y"), ("African", "Y", "N")]),
    ("2025-03-01", BOARD_USUAL + [("White - Irish", "Y", "N"), ("White - British", "N", "Y"), ("Indian", "N", "Y"),
                                  ("Not Stated", "Y", "N"), ("A White - British", "Y", "Y"), ("African", "Y", "N")]),
    ("2025-05-01", BOARD_USUAL + [("White - Irish", "Y", "N"), ("Pakistani", "N", "Y"), ("Indian", "N", "Y"),
                                  ("Not Stated", "Y", "N"), ("A White - British", "Y", "Y"), ("African", "Y", "N")]),
]


COMMITTEE_USUAL = [("White - British", "UK")] * 9 + [("Indian", "International"), ("Indian", "UK"), ("African", "International"),
                                                     ("White - Irish", "EEA"), ("Not Stated", "UK")]
COMMITTEE = [("2024-03-01", COMMITTEE_USUAL + [("White - British", "UK")]),
             ("2025-03-01", COMMITTEE_USUAL + [("Pakistani", "UK")])]


def vacancy_post(reference):
    """Band, medical grade and staff group of a vacancy."""
    draw = Draw(2 * 10 ** 9 + int(reference.rsplit("-", 1)[1]))
    group = draw.weighted(STAFF_GROUPS)
    if group == MEDICAL:
        return ["", draw.weighted([("Consultant", 55), ("Specialty Doctor", 20), ("Clinical Fellow", 25)]), group]
    return [draw.weighted(BANDS_OF[group]), "", group]


def applicant_traits(number, stage):
    """Disability and recruitment from abroad, as the applicant gave them."""
    draw = Draw(6 * 10 ** 9 + int(number[2:]))
    disability = draw.weighted([("No", 880), ("Yes", 55 if stage in ("Appointed", "Started") else 75), ("I do not wish to disclose", 30), ("", 15)])
    return [disability, draw.weighted([("No", 84), ("Yes", 14), ("", 2)])]


def case_outcome(number, kind, formal):
    draw = Draw(9 * 10 ** 9 + number)
    if kind == "Grievance":
        return draw.weighted([("Not upheld", 60), ("Informal resolution", 40)])
    if formal == "N":
        return draw.weighted([("Informal action", 70), ("No further action", 30)])
    return draw.weighted([("No case to answer", 34), ("First written warning", 26), ("Final written warning", 14), ("Dismissed", 12),
                          ("Resigned during process", 8), ("Ongoing", 6)])


def respondent_traits(year, serial):
    draw = Draw(10 * 10 ** 9 + year * 10 ** 5 + serial)
    return [draw.weighted(STAFF_GROUPS + [("", 12)]), draw.weighted([("No", 74), ("Yes", 22), ("Prefer not to say", 3), ("", 1)])]


def further_answers(draw, disability):
    """Items that the disability standard asks about: their numbers are not known, so that they go by their names."""
    disabled = disability == "Yes"
    asked = [("pressure", .27 if disabled else .19, 1), ("valued", .36 if disabled else .46, 1), ("reported", .51 if disabled else .50, .3)]
    if disabled:
        asked.append(("adjustments", .73, .6))
    for question, yes, share in asked:
        is_asked, says_yes = draw.chance(share), draw.chance(yes)
        if is_asked:
            yield question, "Yes" if says_yes else "No"


def row_of(date, number, ethnicity, sex, post):
    grade = post.pay_code if post.pay_code else band_text(post)
    return [date.isoformat(), ORGANISATION, number, ethnicity, sex, grade, post.medical, post.staff_group, post.category,
            post.primary, post.fte, post.team, post.title]


def months_before(date, months):
    """The last day of the month that many months before a month's last day."""
    index = date.year * 12 + date.month - months             # the month after the wanted one, counted from January of year 0
    return datetime.date(index // 12, index % 12 + 1, 1) - datetime.timedelta(days=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)), help="folder (default: beside this script)")
    parser.add_argument("--staff", type=int, default=3950, help="people in a snapshot (default 3950)")
    parser.add_argument("--quarters", type=int, default=4, help="snapshots, three months apart, the last 2025-03-31 (default 4)")
    parser.add_argument("--clean", metavar="DIR", help="write there, without anything wrong in the files")
    parser.add_argument("--blemishes", metavar="DIR", help="write there, clean but for one of each blemish, which planted.csv lists")
    options = parser.parse_args()
    if options.clean or options.blemishes:
        import blemish
        blemish.write(options.clean or options.blemishes, options.staff, options.quarters, bool(options.blemishes))
        return
    make(options.out, options.staff, options.quarters)


def make(folder, staff, quarters, clean=False):
    os.makedirs(folder, exist_ok=True)
    exports = Exports(folder, Draw(2025), staff, quarters, clean)
    exports.workforce()
    if clean:               # whose events they are must be known first
        exports.movements()
    exports.recruitment()
    exports.cases()
    exports.training()
    exports.survey()
    exports.board()
    exports.awards()
    exports.referrals()
    if not clean:
        exports.movements()
    exports.committee()


if __name__ == "__main__":
    main()

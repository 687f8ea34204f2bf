"""Small changes of C sources, each of which a test should notice: the mutants of one file.

A tokeniser is enough: what it takes wrongly for an operator does not compile, and such mutants are counted out.

    relational  <  >  <=  >=  ==  !=  moved by one, and negated
    arithmetic  +  -  *  /  %  and their assignments, ++  --, bits and shifts exchanged; a minus dropped
    constant    whole and floating literals 1 more and 1 less; 0 is 1, true is false
    logical     && is ||; a negation dropped
    return      nothing, NULL or 0 in the place of the value; one more; the contrary; an early end left out
"""
import re
from collections import namedtuple
from decimal import Decimal

# before and after: the text of the lines concerned, blanks squeezed, without and with the change.
# lines: those of the statement, first and last.
Mutant = namedtuple("Mutant", "kind line function before after text lines")
Token = namedtuple("Token", "kind text start")

TOKENS = re.compile(
    r"""(?P<blank>\s+|/\*.*?\*/|//[^\n]*)
      | (?P<directive>(?m:^)[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
      | (?P<string>(?:u8|[LuU])?"(?:\\.|[^"\\])*"|[LuU]?'(?:\\.|[^'\\])*')
      | (?P<number>\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.])*)
      | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
      | (?P<sign>\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""",
    re.VERBOSE | re.DOTALL)

TYPE_WORDS = set("void char short int long float double signed unsigned _Bool bool const volatile struct enum union static".split())
STATEMENT_WORDS = set("return case else sizeof do goto".split())
NUMBERS = re.compile(r"\b(double|float|int|unsigned|long|size_t|ptrdiff_t|u?int\d+_t|wide)\b")

RELATIONAL = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",)}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<"}
ASSIGNING = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "%=": "/=", "&=": "|=", "|=": "&=", "<<=": ">>=", ">>=": "<<=",
             "++": "--", "--": "++"}
LOGICAL = {"&&": "||", "||": "&&"}
WORDS = {"true": "false", "false": "true"}


def tokens_of(text):
    found = (Token(match.lastgroup, match.group(), match.start()) for match in TOKENS.finditer(text))
    return [token for token in found if token.kind not in ("blank", "directive")]


def types_of(texts):
    """The names that typedefs give."""
    names = {"size_t", "ptrdiff_t", "FILE", "time_t"}
    for text in texts:
        names.update(re.findall(r"^\s*(?:__extension__\s+)?typedef\b[^;{]*?(\w+)(?:\[[^\]]*\])?;", text, re.M))
        names.update(re.findall(r"^\}\s*(\w+);", text, re.M))
        names.update(re.findall(r"^typedef enum \w* ?\{[^}]*\} (\w+);", text, re.M))
    return names


def squeezed(text):
    return " ".join(text.split())


class Source:
    """The tokens of a file, and where each stands: in which function, between which brackets."""

    def __init__(self, text, types):
        self.text, self.types = text, types
        self.tokens = tokens_of(text)
        self.function = [None] * len(self.tokens)  # its name, or "" in an initialiser outside functions
        self.returns = {}
        self.opened = {}  # closing bracket: its opening one
        self._brackets()
        self._functions()

    def _brackets(self):
        stack = []
        for i, token in enumerate(self.tokens):
            if token.kind == "sign" and token.text in "([{":
                stack.append(i)
            elif token.kind == "sign" and token.text in ")]}" and stack:
                self.opened[i] = stack.pop()

    def _functions(self):
        closing = {opening: end for end, opening in self.opened.items()}
        i = begin = 0
        while i < len(self.tokens):
            token = self.tokens[i]
            if token.text == "{" and self.tokens[i - 1].text == ")":
                opening = self.opened[i - 1]
                name = self.tokens[opening - 1].text
                self.returns[name] = " ".join(t.text for t in self.tokens[begin:opening - 1])
                for k in range(i, closing[i]):
                    self.function[k] = name
                i = begin = closing[i] + 1
            elif token.text == "=":
                while self.tokens[i].text not in (";", "}"):
                    end = closing[i] if self.tokens[i].text == "{" else i
                    for k in range(i, end + 1):
                        self.function[k] = ""
                    i = end + 1
            else:
                if token.text in ";}":
                    begin = i + 1
                i += 1

    def is_type(self, token):
        return token.kind == "name" and (token.text in TYPE_WORDS or token.text in self.types)

    def is_cast(self, closing):
        inside = self.tokens[self.opened[closing] + 1:closing]
        return bool(inside) and self.is_type(inside[0]) and all(t.kind == "name" or t.text == "*" for t in inside)

    def ends_value(self, i):
        """Whether an operator behind token i has a value on its left."""
        token = self.tokens[i]
        if token.kind == "name":
            return not self.is_type(token) and token.text not in STATEMENT_WORDS
        if token.text == ")":
            return not self.is_cast(i)
        return token.kind in ("number", "string") or token.text == "]"

    def is_array_size(self, i):
        depth = 0
        while i > 1:
            text = self.tokens[i].text
            if text == "]":
                depth += 1
            elif text == "[":
                if depth == 0:
                    before = self.tokens[i - 2]
                    return self.is_type(before) or (before.text == "*" and self.is_type(self.tokens[i - 3]))
                depth -= 1
            elif text in ";{}":
                return False
            i -= 1
        return False

    def statement_lines(self, i):
        """The first and the last line of the statement, or part of a for, that token i stands in."""
        first = last = i
        while first > 0 and self.tokens[first - 1].text not in (";", "{", "}"):
            first -= 1
        while last < len(self.tokens) - 1 and self.tokens[last].text not in (";", "{", "}"):
            last += 1
        return tuple(self.text.count("\n", 0, self.tokens[k].start) + 1 for k in (first, last))

    def statement_end(self, i):
        while self.tokens[i].text != ";":
            i += 1
        return i


def other_constants(text):
    """Literals 1 more and 1 less, in the form of the given one."""
    if re.fullmatch(r"(0[xX][0-9A-Fa-f]+|[0-9]+)[uUlL]*", text):
        digits = text.rstrip("uUlL")
        suffix = text[len(digits):]
        value = int(digits, 16) if digits[:2] in ("0x", "0X") else int(digits, 8) if digits[0] == "0" else int(digits)
        return [f"{other}{suffix}" for other in ([1] if value == 0 else [value - 1, value + 1])]
    try:
        value = Decimal(text)
    except ArithmeticError:
        return []
    others = [Decimal(1)] if value == 0 else [value - 1, value + 1]
    written = [format(other, "f") if "." in format(other, "f") else format(other, "f") + ".0" for other in others]
    return [f"({other})" if other.startswith("-") else other for other in written]


def returned(returns, expression, texts):
    """What is returned in the place of an expression of a function of this type."""
    if not texts:
        return []
    if texts[0] in ("NULL", "true", "false") or (len(texts) == 1 and texts[0][0].isdigit()):
        return []  # a constant has mutants of its own
    if "*" in returns:
        return ["NULL"]
    if "bool" in returns:
        joined = set(texts) & {"&&", "||", "?"}
        if not joined and (texts[0] == "!" or set(texts) & set(RELATIONAL)):
            return []  # as its operator
        return [f"!({expression})"]
    if NUMBERS.search(returns):
        return ["0", f"({expression}) + 1"]
    kind = " ".join(word for word in returns.split() if word not in ("static", "inline"))
    return [f"({kind}){{0}}"]


def mutants_of(text, types):
    source = Source(text, types)
    tokens = source.tokens
    found, seen = [], set()

    def add(kind, i, start, end, replacement):
        changed = text[:start] + replacement + text[end:]
        if changed in seen or changed == text:
            return
        seen.add(changed)
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        line = text.count("\n", 0, start) + 1
        before = squeezed(text[first:last])
        after = squeezed(text[first:start] + replacement + text[end:last])
        found.append(Mutant(kind, line, source.function[i] or "(file)", before, after, changed, source.statement_lines(i)))

    for i, token in enumerate(tokens):
        if source.function[i] is None:
            continue
        start, end = token.start, token.start + len(token.text)
        binary = i > 0 and source.ends_value(i - 1)
        if token.kind == "number" and not source.is_array_size(i):
            for other in other_constants(token.text):
                add("constant", i, start, end, other)
        elif token.text in WORDS:
            add("constant", i, start, end, WORDS[token.text])
        elif token.text == "return":
            close = source.statement_end(i)
            if close == i + 1:
                add("return", i, start, end, "")
                continue
            first, last = tokens[i + 1].start, tokens[close].start
            texts = [t.text for t in tokens[i + 1:close]]
            for other in returned(source.returns.get(source.function[i], ""), text[first:last], texts):
                add("return", i, first, last, other)
        elif token.kind != "sign":
            continue
        elif token.text in RELATIONAL:
            for other in RELATIONAL[token.text]:
                add("relational", i, start, end, other)
        elif token.text in LOGICAL:
            add("logical", i, start, end, LOGICAL[token.text])
        elif token.text == "!":
            add("logical", i, start, end, "")
        elif token.text in ASSIGNING:
            add("arithmetic", i, start, end, ASSIGNING[token.text])
        elif token.text in ARITHMETIC and binary:
            add("arithmetic", i, start, end, ARITHMETIC[token.text])
        elif token.text == "-":
            add("arithmetic", i, start, end, "")
    return found

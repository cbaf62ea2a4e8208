"""second.py - a second opinion on the formula of 유효기록, for machines without the engine: the functions that it uses, as Google's
help describes them, sharing no code with cxlog or the engine.

show(FORMULA, TABS) gives the rows that the formula shows. TABS: title -> rows; None is an empty cell. Texts that look like an error
value are taken for one, as Google gives both alike.
"""
import functools
import re

TOKEN = re.compile(r"""\s*(?:
    (?P<text>"(?:[^"]|"")*") | (?P<number>\d+(?:\.\d+)?) |
    (?P<range>'(?:[^']|'')*'![A-Z]+\d+:[A-Z]+\d*) |
    (?P<name>[A-Za-z_][A-Za-z_0-9]*) | (?P<op><>|[=*,;(){}]))""", re.X)
ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!)")


class Fault(str):
    """An error value in a cell."""


class Failed(Exception):
    """A function whose whole result is an error."""


NA = Fault("#N/A")


def tokens(text):
    at = 1  # behind the '='
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise SyntaxError(text[at:at + 40])
        at = match.end()
        yield match.lastgroup, match.group(match.lastgroup)
    yield "end", ""


def grid(value):
    return value if isinstance(value, list) else [[value]]


def spread(function, *args):
    """Cell by cell; a side of one is stretched, and where another is too short, there is #N/A."""
    grids = [grid(arg) for arg in args]
    rows, columns = max(len(g) for g in grids), max(len(g[0]) for g in grids)

    def cell(g, r, c):
        r, c = r if len(g) > 1 else 0, c if len(g[0]) > 1 else 0
        return g[r][c] if r < len(g) and c < len(g[0]) else NA

    out = [[function(*(cell(g, r, c) for g in grids)) for c in range(columns)] for r in range(rows)]
    return out if rows > 1 or columns > 1 else out[0][0]


def careful(function):
    """An error among the arguments is the result."""
    return lambda *args: next((arg for arg in args if isinstance(arg, Fault)), None) or function(*args)


def text_of(value):
    return "" if value is None else str(value)


def equal(a, b):
    """Text regardless of case; an empty cell is an empty text and zero."""
    if a is None or b is None:
        other = b if a is None else a
        return other is None or other == "" or (other == 0 and not isinstance(other, bool))
    if isinstance(a, str) and isinstance(b, str):
        return a.casefold() == b.casefold()
    return isinstance(a, str) == isinstance(b, str) and isinstance(a, bool) == isinstance(b, bool) and a == b


def order(a, b, rising):
    """Numbers, texts, truth values, errors; nothing stands last in both directions."""
    if a is None or b is None:
        return (a is None) - (b is None)

    def key(value):
        rank = 3 if isinstance(value, Fault) else 1 if isinstance(value, str) else 2 if isinstance(value, bool) else 0
        return rank, value

    first = (key(a) > key(b)) - (key(a) < key(b))
    return first if rising else -first


def column_number(letters):
    return functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


class Formula:
    """Compiled to closures, so that IF, IFERROR and LET decide what is evaluated."""

    def __init__(self, text, tabs):
        self.tokens, self.at, self.tabs, self.names = list(tokens(text)), 0, tabs, {}

    def peek(self):
        return self.tokens[self.at][1] if self.tokens[self.at][0] == "op" else None

    def take(self, expected=None):
        token = self.tokens[self.at]
        if expected and token[1] != expected:
            raise SyntaxError(f"{expected} expected, {token} found")
        self.at += 1
        return token

    def expression(self):
        left = self.product()
        while self.peek() in ("=", "<>"):
            op, right = self.take()[1], self.product()
            left = self.binary((lambda a, b: equal(a, b)) if op == "=" else (lambda a, b: not equal(a, b)), left, right)
        return left

    def product(self):
        left = self.operand()
        while self.peek() == "*":
            self.take()
            left = self.binary(lambda a, b: (a or 0) * (b or 0), left, self.operand())
        return left

    @staticmethod
    def binary(function, left, right):
        return lambda: spread(careful(function), left(), right())

    def operand(self):
        kind, text = self.take()
        if kind == "text":
            return lambda: text[1:-1].replace('""', '"')
        if kind == "number":
            return lambda: float(text) if "." in text else int(text)
        if kind == "range":
            return lambda: self.range(text)
        if text in ("(", "{"):
            inner = self.expression() if text == "(" else self.literal()
            self.take(")" if text == "(" else "}")
            return inner
        if kind == "name" and self.peek() == "(":
            return self.call(text)
        if kind == "name":
            return (lambda: text == "TRUE") if text in ("TRUE", "FALSE") else (lambda: self.names[text]())
        raise SyntaxError(str((kind, text)))

    def literal(self):
        """One line of {…}."""
        parts = self.arguments()
        return lambda: [[part() for part in parts]]

    def arguments(self):
        parts = [self.expression()]
        while self.peek() == ",":
            self.take()
            parts.append(self.expression())
        return parts

    def call(self, name):
        self.take("(")
        if name == "LET":
            return self.let()
        parts = self.arguments()
        self.take(")")
        return getattr(self, "f_" + name.lower())(*parts)

    def let(self):
        while self.tokens[self.at][0] == "name" and self.tokens[self.at + 1][1] == ",":
            name = self.take()[1]
            self.take(",")
            self.names[name] = functools.lru_cache(None)(self.expression())
            self.take(",")
        result = self.expression()
        self.take(")")
        return result

    def range(self, text):
        title, area = text[1:].rsplit("'!", 1)
        rows = self.tabs[title.replace("''", "'")]
        left, top, right, bottom = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d*)", area).groups()
        left, right = column_number(left) - 1, column_number(right)
        cells = [(row + [None] * right)[left:right] for row in rows[int(top) - 1:int(bottom or len(rows))]]
        return [[Fault(cell) if isinstance(cell, str) and ERRORS.fullmatch(cell) else cell for cell in row] for row in cells]

    # ---- functions ----

    @staticmethod
    def f_arrayformula(inner):
        return inner

    @staticmethod
    def f_if(test, yes, no):
        def run():
            decided = test()
            if isinstance(decided, list):
                return spread(careful(lambda t, y, n: y if t else n), decided, yes(), no())
            return yes() if decided else no()
        return run

    @staticmethod
    def f_iferror(value, other):
        def run():
            try:
                return spread(lambda v, o: o if isinstance(v, Fault) else v, value(), other())
            except Failed:
                return other()
        return run

    @staticmethod
    def f_iserror(value):
        def run():
            try:
                return spread(lambda v: isinstance(v, Fault), value())
            except Failed:
                return True
        return run

    @staticmethod
    def f_ifna(value, other):
        return lambda: spread(lambda v, o: o if v is NA else v, value(), other())

    @staticmethod
    def f_isnumber(value):
        return lambda: spread(lambda v: isinstance(v, (int, float)) and not isinstance(v, bool), value())

    @staticmethod
    def f_substitute(text, old, new):
        return lambda: spread(careful(lambda t, o, n: text_of(t).replace(o, n)), text(), old(), new())

    @staticmethod
    def f_left(text, count):
        return lambda: spread(careful(lambda t, c: text_of(t)[:c]), text(), count())

    @staticmethod
    def f_len(text):
        return lambda: spread(careful(lambda t: len(text_of(t))), text())

    @staticmethod
    def f_match(key, where, kind):
        def run():
            flat = [cell for row in grid(where()) for cell in row]
            find = careful(lambda k: next((at for at, v in enumerate(flat, 1) if v is not None and equal(k, v)), NA))
            return spread(find, key()) if kind() == 0 else NA
        return run

    @staticmethod
    def f_vlookup(key, table, index, kind):
        def run():
            rows, at = grid(table()), index() - 1
            find = careful(lambda k: next((row[at] for row in rows if equal(k, row[0])), NA))
            return spread(find, key()) if kind() is False else NA
        return run

    @staticmethod
    def f_filter(table, *tests):
        def run():
            marks = [grid(test()) for test in tests]
            # What Google does here is written nowhere: a formula must not come to it.
            if any(isinstance(mark[0], Fault) for column in marks for mark in column):
                raise Failed("FILTER by an error")
            kept = [row for at, row in enumerate(grid(table())) if all(mark[at][0] for mark in marks)]
            if not kept:
                raise Failed("FILTER finds nothing")
            return kept
        return run

    @staticmethod
    def f_sort(table, *pairs):
        def run():
            rows = list(grid(table()))
            for at in range(len(pairs) - 2, -1, -2):
                column, rising = pairs[at]() - 1, pairs[at + 1]()
                rows.sort(key=functools.cmp_to_key(lambda a, b, c=column, up=rising: order(a[c], b[c], up)))
            return rows
        return run

    @staticmethod
    def f_hstack(*parts):
        def run():
            grids = [grid(part()) for part in parts]
            height = max(len(g) for g in grids)
            return [sum((g[r] if r < len(g) else [NA] * len(g[0]) for g in grids), []) for r in range(height)]
        return run

    @staticmethod
    def f_vstack(*parts):
        def run():
            rows = [row for part in parts for row in grid(part())]
            width = max(len(row) for row in rows)
            return [row + [NA] * (width - len(row)) for row in rows]
        return run

    @staticmethod
    def f_array_constrain(table, rows, columns):
        return lambda: [row[:columns()] for row in grid(table())[:rows()]]

    @staticmethod
    def f_rows(table):
        return lambda: len(grid(table()))

    @staticmethod
    def f_index(table, row, column):
        def run():
            rows, at, to = grid(table()), row(), column() - 1
            if at > len(rows) or to >= len(rows[0]):
                raise Failed("INDEX is out of range")
            return rows[at - 1][to] if at else [[each[to]] for each in rows]
        return run


def show(text, tabs):
    try:
        rows = grid(Formula(text, tabs).expression()())
    except (Failed, SyntaxError, KeyError) as error:
        rows = [[f"#ERROR! {error}"]]
    return [[str(cell) if isinstance(cell, Fault) else cell for cell in row] for row in rows]

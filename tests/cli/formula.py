#!/usr/bin/env python3
"""formula.py FORMULA SHEET.json: the formula of 유효기록, evaluated here over the rows of the log.

A small evaluator of the spreadsheet functions that the formula uses, written from their documentation and sharing no code with
cxlog: the formula is right when its result is the records that count. Prints the result as JSON rows.
"""
import json
import re
import sys

TOKEN = re.compile(r"""\s*(?:
    (?P<text>"(?:[^"]|"")*") | (?P<number>\d+(?:\.\d+)?) |
    (?P<range>'(?:[^']|'')*'![A-Z]+\d*(?::[A-Z]+\d*)?) |
    (?P<name>[A-Za-z_][A-Za-z_0-9]*) | (?P<op><>|<=|>=|[-+*/=<>&,;(){}]))""", re.X)


def tokens(text):
    at = 1  # behind the '='
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if not match:
            raise SyntaxError(text[at:at + 40])
        at = match.end()
        kind = match.lastgroup
        yield kind, match.group(kind)
    yield "end", ""


class Missing(Exception):
    """#N/A"""


NA = object()


def grid(value):
    return value if isinstance(value, list) else [[value]]


def scalar(value):
    return value[0][0] if isinstance(value, list) and len(value) == 1 and len(value[0]) == 1 else value


def blank(value):
    return value is None or value == ""


def equal(a, b):
    if blank(a) and blank(b):
        return True
    return type(a) is type(b) and a == b or (isinstance(a, (int, float)) and isinstance(b, (int, float)) and a == b)


def spread(function, *args):
    """Apply cell by cell, as ARRAYFORMULA and FILTER do."""
    grids = [grid(arg) for arg in args]
    rows, columns = max(len(g) for g in grids), max(len(g[0]) for g in grids)

    def cell(g, r, c):
        return g[r if len(g) > 1 else 0][c if len(g[0]) > 1 else 0]

    return scalar([[function(*(cell(g, r, c) for g in grids)) for c in range(columns)] for r in range(rows)])


class Formula:
    def __init__(self, text, rows):
        self.tokens = list(tokens(text))
        self.at = 0
        self.rows = rows
        self.names = {}

    def peek(self):
        return self.tokens[self.at][1] if self.tokens[self.at][0] == "op" else None

    def take(self, expected=None):
        token = self.tokens[self.at]
        if expected and token[1] != expected:
            raise SyntaxError(f"{expected} expected, {token} found")
        self.at += 1
        return token

    # expressions are compiled to closures, so that IF, IFERROR and LET decide what is evaluated
    def expression(self):
        left = self.operand()
        while self.peek() in ("=", "<>", "&"):
            op, right = self.take()[1], None
            right = self.operand()
            left = self.binary(op, left, right)
        return left

    @staticmethod
    def binary(op, left, right):
        table = {"=": equal, "<>": lambda a, b: not equal(a, b),
                 "&": lambda a, b: str(a or "") + str(b or "")}
        return lambda: spread(table[op], left(), right())

    def operand(self):
        kind, text = self.take()
        if kind == "text":
            value = text[1:-1].replace('""', '"')
            return lambda: value
        if kind == "number":
            return lambda: float(text) if "." in text else int(text)
        if kind == "range":
            return lambda: self.range(text)
        if kind == "op" and text == "(":
            inner = self.expression()
            self.take(")")
            return inner
        if kind == "op" and text == "{":
            return self.array()
        if kind == "name" and self.peek() == "(":
            return self.call(text.upper())
        if kind == "name":
            if text.upper() in ("TRUE", "FALSE"):
                return lambda: text.upper() == "TRUE"
            return lambda: self.names[text]()
        raise SyntaxError(str((kind, text)))

    def array(self):
        lines = [[self.expression()]]
        while self.peek() in (",", ";"):
            if self.take()[1] == ";":
                lines.append([])
            lines[-1].append(self.expression())
        self.take("}")

        def build():
            out = []
            for line in lines:
                parts = [grid(part()) for part in line]
                height = {len(part) for part in parts}
                if len(height) != 1:
                    raise Missing("heights differ")
                out += [sum((part[r] for part in parts), []) for r in range(height.pop())]
            if len({len(row) for row in out}) != 1:
                raise Missing("widths differ")
            return out

        return build

    def call(self, name):
        self.take("(")
        if name == "LET":
            return self.let()
        args = [self.expression()]
        while self.peek() == ",":
            self.take()
            args.append(self.expression())
        self.take(")")
        return getattr(self, "f_" + name.lower())(*args)

    def let(self):
        while True:
            kind, text = self.tokens[self.at]
            following = self.tokens[self.at + 1]
            if kind == "name" and following == ("op", ","):
                self.at += 2
                value = self.expression()
                cache = []
                self.names[text] = lambda value=value, cache=cache: cache[0] if cache else (cache.append(value()) or cache[0])
                self.take(",")
                continue
            result = self.expression()
            self.take(")")
            return result

    def range(self, text):
        where = text.rsplit("!", 1)[1]
        first, _, last = where.partition(":")

        def column(ref):
            number = 0
            for letter in re.match(r"[A-Z]+", ref).group():
                number = number * 26 + ord(letter) - 64
            return number

        def row(ref):
            digits = re.search(r"\d+", ref)
            return int(digits.group()) if digits else len(self.rows)

        left, right = column(first), column(last or first)
        out = []
        for number in range(row(first), row(last or first) + 1):
            cells = self.rows[number - 1] if number <= len(self.rows) else []
            cells = cells + [None] * (right - len(cells))
            out.append(cells[left - 1:right])
        return out

    def f_arrayformula(self, inner):
        return inner

    def f_if(self, test, yes, no):
        def run():
            decided = scalar(test())
            if not isinstance(decided, list):
                return yes() if decided else no()
            return spread(lambda t, y, n: y if t else n, decided, yes(), no())
        return run

    def f_substitute(self, text, old, new):
        return lambda: spread(lambda t, o, n: str(t or "").replace(o, n), text(), old(), new())

    def f_left(self, text, count):
        return lambda: spread(lambda t, c: str(t or "")[:c], text(), count())

    def f_isnumber(self, value):
        return lambda: spread(lambda v: isinstance(v, (int, float)) and not isinstance(v, bool), value())

    def f_match(self, key, where, kind):
        def run():
            assert kind() == 0
            flat = [cell for line in grid(where()) for cell in line]
            find = lambda k: next((i + 1 for i, v in enumerate(flat) if equal(k, v) and not blank(v)), NA)
            return spread(find, key())
        return run

    def f_vlookup(self, key, table, index, kind):
        def run():
            assert kind() is False
            lines, at = grid(table()), index()
            return spread(lambda k: next((r[at - 1] for r in lines if equal(k, r[0])), NA), key())
        return run

    def f_ifna(self, value, other):
        return lambda: spread(lambda v, o: o if v is NA else v, value(), other())

    def f_iferror(self, value, other):
        def run():
            try:
                return value()
            except Missing:
                return other()
        return run

    def f_filter(self, table, *tests):
        def run():
            lines = grid(table())
            marks = [grid(test()) for test in tests]
            kept = [line for i, line in enumerate(lines) if all(mark[i][0] is True for mark in marks)]
            if not kept:
                raise Missing("FILTER found nothing")
            return kept
        return run

    def f_sort(self, table, *keys):
        def run():
            lines = list(grid(table()))
            for at in range(len(keys) - 2, -1, -2):
                column, rising = keys[at]() - 1, keys[at + 1]()
                lines.sort(key=lambda line: line[column], reverse=not rising)
            return lines
        return run

    def f_unique(self, table):
        def run():
            out = []
            for line in grid(table()):
                if line not in out:
                    out.append(line)
            return out
        return run

    def f_index(self, table, row, column):
        return lambda: grid(table())[row() - 1][column() - 1]


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    rows = json.load(open(sys.argv[2], encoding="utf-8"))["rows"]
    formula = Formula(text, rows)
    run = formula.expression()
    print(json.dumps(grid(run()), ensure_ascii=False))


if __name__ == "__main__":
    main()

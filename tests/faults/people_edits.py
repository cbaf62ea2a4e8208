"""people_edits.py - what people do to the sheet by hand, and what cxlog may answer.

Edit: name; the orders to the emulator (rows and columns from 0, row 0 is the header); how a sync may end; how people mend it
(None: it needs no mending, every machine goes on). spoilt: the rows' contents were changed, so a machine that sees
them for the first time cannot know better: it may say other numbers, but not with exit code 0. torn: rows vanished,
which a new machine cannot know at all.
"""
FINE = (0,)
SHEET = (76,)
DENIED = (77,)
NOTE, CATEGORY, HANDLE, ID, WHEN, AGENT = 8, 3, 11, 18, 0, 1
COLUMNS = 22


class Edit:
    def __init__(self, name, *orders, ends=FINE, mend=None, spoilt=False, torn=False):
        self.name, self.orders, self.ends, self.mend = name, orders, ends, mend
        self.spoilt, self.torn = spoilt, torn

    def __str__(self):
        return self.name


def edit(kind, **rest):
    return {"edit": kind, **rest}


def cell(row, column, value=None, **rest):
    return edit("set-cell", row=row, column=column, value=value, **rest)


def rows_moved():
    yield Edit("sorted by ID", edit("sort", column=ID, descending=True, header_rows=1))
    yield Edit("sorted by category", edit("sort", column=CATEGORY, header_rows=1))
    yield Edit("sorted by note, filtered rows hidden", edit("sort", column=NOTE, descending=True, header_rows=1))
    yield Edit("sorted with the header", edit("sort", column=NOTE, header_rows=0), ends=SHEET)
    for name, column in (("categories", CATEGORY), ("notes", NOTE), ("times", WHEN)):
        yield Edit(f"only the column of {name} sorted", edit("sort-column", column=column, descending=True), ends=(0, 4, 76),
                   spoilt=True)
    yield Edit("only the column of IDs sorted", edit("sort-column", column=ID, descending=True), ends=(0, 4, 76), spoilt=True)
    yield Edit("blank rows in the middle", edit("insert-blank-rows", row=5, count=3))
    yield Edit("blank rows below the header", edit("insert-blank-rows", row=1, count=2))
    yield Edit("a duplicate at the end", edit("duplicate-row", row=4))
    yield Edit("two duplicates and a sort", edit("duplicate-row", row=4), edit("duplicate-row", row=2),
               edit("sort", column=NOTE, header_rows=1))


def rows_gone():
    yield Edit("one row deleted", edit("delete-rows", row=5, count=1), torn=True)
    yield Edit("the last rows deleted", edit("delete-rows", row=10, count=3), torn=True)
    yield Edit("every row deleted", edit("delete-rows", row=1, count=12), torn=True)
    yield Edit("a row overwritten by another", edit("duplicate-row", row=3, to=7), torn=True)


def rows_typed():
    typed = [45000, "손님", "전화", "배송", "", "", "", "", "손으로"]
    yield Edit("a contact typed at the end", edit("type-row", values=typed))
    yield Edit("a contact typed in the middle", edit("insert-blank-rows", row=5, count=1), edit("type-row", row=5, values=typed))
    yield Edit("a sum below", edit("type-row", values=["합계", "", "", 12]))
    yield Edit("a second header", edit("duplicate-row", row=0))
    yield Edit("a second header in the middle", edit("insert-blank-rows", row=5, count=1), edit("duplicate-row", row=0, to=5))
    yield Edit("a note far below", edit("note-far-below", gap=500, text="나중에 볼 것"))
    yield Edit("a note beside the log", cell(3, COLUMNS + 2, "메모"))


def columns():
    yield Edit("a column inserted on the left", edit("insert-column", column=0, header="번호"), ends=SHEET,
               mend=[edit("delete-column", column=0)])
    yield Edit("a column inserted in the middle", edit("insert-column", column=6, header="비고"), ends=SHEET,
               mend=[edit("delete-column", column=6)])
    yield Edit("a nameless column inserted", edit("insert-column", column=6), ends=SHEET, mend=[edit("delete-column", column=6)])
    yield Edit("a column of their own on the right", cell(0, COLUMNS, "우리 메모"), cell(4, COLUMNS, "x"))
    yield Edit("two columns swapped", edit("move-column", column=5, to=4), ends=SHEET, mend=[edit("move-column", column=5, to=4)])
    yield Edit("a column moved to the end", edit("move-column", column=NOTE, to=COLUMNS), ends=SHEET,
               mend=[edit("move-column", column=COLUMNS - 1, to=NOTE)])
    yield Edit("a column deleted", edit("delete-column", column=5), ends=SHEET)
    yield Edit("the column of IDs deleted", edit("delete-column", column=ID), ends=SHEET)
    for name, text in (("renamed", "카테고리"), ("translated", "category"), ("of a neighbour", "채널"), ("emptied", None)):
        order = cell(0, CATEGORY, text) if text is None else edit("rename-header", column=CATEGORY, name=text)
        yield Edit(f"a heading {name}", order, ends=SHEET, mend=[edit("rename-header", column=CATEGORY, name="구분")])
    yield Edit("the header deleted", edit("delete-header"), ends=SHEET)


def cells():
    yield Edit("a category changed", cell(4, CATEGORY, "환불"), spoilt=True)
    yield Edit("an agent changed", cell(4, AGENT, "박서준"), spoilt=True)
    yield Edit("a note woken up", cell(4, NOTE, formula='=IMPORTXML("http://x","//a")', shown="#N/A"), spoilt=True)
    yield Edit("a sum that broke", cell(4, HANDLE, formula="=1/0", shown="#DIV/0!"), spoilt=True)
    yield Edit("a date that broke", cell(4, WHEN, formula="=A99999", shown="#REF!"), spoilt=True)
    yield Edit("a category that broke", cell(4, CATEGORY, formula="=X1", shown="#REF!"), spoilt=True)
    yield Edit("a date as text", cell(4, WHEN, "어제쯤", typed=False), spoilt=True)
    yield Edit("a number as text", cell(4, HANDLE, "십 초", typed=False), spoilt=True)
    yield Edit("a date emptied", edit("clear-cell", row=4, column=WHEN), spoilt=True)
    yield Edit("an ID emptied", edit("clear-cell", row=4, column=ID), torn=True)
    yield Edit("an ID changed", cell(4, ID, "01M800T1WXETEC2PMY8GWEP551"), torn=True, spoilt=True)
    yield Edit("an ID cut", cell(4, ID, "01M800"), torn=True)
    yield Edit("IDs merged", edit("merge", row=3, rows=4, column=ID), torn=True)
    yield Edit("IDs found and replaced", edit("find-replace", find="01", replace="0X"), torn=True, spoilt=True)
    yield Edit("hostile text", cell(4, NOTE, "\x1b]52;c;eA==\x07<script>‮"), spoilt=True)


def tabs():
    yield Edit("the tab renamed", edit("rename-tab", name="기록 2026"))
    yield Edit("the tab hidden", edit("hide-tab"))
    yield Edit("the tab copied", edit("copy-tab"))
    yield Edit("the tab deleted", edit("delete-tab"), ends=SHEET)
    yield Edit("the tab protected", edit("protect"), ends=DENIED, mend=[edit("unprotect")])
    yield Edit("made a viewer", edit("viewer-only"), ends=DENIED, mend=[edit("share")])
    yield Edit("no longer shared", edit("unshare"), ends=DENIED, mend=[edit("share")])


EDITS = [*rows_moved(), *rows_gone(), *rows_typed(), *columns(), *cells(), *tabs()]

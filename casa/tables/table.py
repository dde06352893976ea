"""What a table is: a name, a read that asks `visible_to`, and columns."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """`read(user, now)` gives a queryset through `visible_to`; `year` names the column that `?year=` filters; `columns`
    are {name: function of a row}."""

    name: str
    label: object
    read: Callable
    columns: dict
    year: str = ""


def lines(table, user, now, year=None):
    """Values of each row this reader may see, in the order of the columns."""
    rows = table.read(user, now)
    if year and table.year:
        rows = rows.filter(**{table.year: year})
    functions = list(table.columns.values())
    for row in rows:
        yield [function(row) for function in functions]


def field(name):
    """The value of an attribute, dots allowed; empty where there is nothing on the way."""
    steps = name.split(".")

    def value(row):
        for step in steps:
            row = getattr(row, step, None)
            if row is None:
                return ""
        return row

    return value


def source(name):
    """A translated field in the language that prevails."""
    return lambda row: row.source_text(name)


def fields(*names):
    """{column: field}; `column=attribute` where they differ."""
    pairs = (name.split("=") if "=" in name else (name, name) for name in names)
    return {column: field(attribute) for column, attribute in pairs}


TITLE = {"title": source("title"), "language": field("source_language")}

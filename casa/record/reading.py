"""Reading the files: YAML, dates with their precision, sources, texts."""

import calendar
import datetime

import yaml

from core import clock
from core.dates import Precision

LANGUAGES = ("es", "pt", "en")


def read(folder, name):
    """The content of one file of the record."""
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


def first_day(text):
    """`2024` gives 1 January, `2024-11` the 1st; None stays None."""
    if text is None:
        return None
    year, month, day = (int(part) for part in [*text.split("-"), "1", "1"][:3])
    return datetime.date(year, month, day)


def last_day(text):
    """`2024` gives 31 December, `2024-11` the 30th; None stays None."""
    if text is None:
        return None
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def dates(entry):
    """The three columns of a dated row. An unknown date is empty, and no more exact than its year."""
    if entry["precision"] == "unknown":
        return {"starts_on": None, "ends_on": None, "date_precision": Precision.YEAR}
    return {
        "starts_on": first_day(entry["start"]),
        "ends_on": last_day(entry["end"]),
        "date_precision": Precision(entry["precision"]),
    }


def closing_instant(entry):
    """The exclusive instant of a deadline announced with time and zone; None where only the day is known."""
    if entry["time"] is None:
        return None
    local = datetime.datetime.strptime(f"{entry['date']} {entry['time']}", "%Y-%m-%d %H:%M")
    return clock.end_of(local, entry["zone"])


def sources(entry):
    """Addresses with their language. The files' notes are for whoever maintains them, not for readers."""
    return [
        {"url": source["url"]} | ({"lang": source["lang"]} if source.get("lang") else {}) for source in entry["sources"]
    ]


def texts(name, versions):
    """Columns of a translated field: {"title": {...}} as title_es, title_pt, title_en."""
    return {f"{name}_{code}": (versions or {}).get(code) or "" for code in LANGUAGES}


def joined(*parts):
    """Several texts, each in all languages or absent, as one with paragraphs."""
    return {code: "\n\n".join(part[code].strip() for part in parts if part) for code in LANGUAGES}


def place(entry):
    """City and country of an entry, empty where not known."""
    where = entry.get("place") or entry
    return {"city": where.get("city") or "", "country": where.get("country") or ""}

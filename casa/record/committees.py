"""Committees, seats, and the terms of those who hold them."""

from casa.record.community import seen_names
from casa.record.reading import first_day, last_day, read, sources, texts
from committees.models import Committee, Seat, Term
from organizations.models import Person


def load(loader, folder):
    content = read(folder, "committees.yaml")
    for position, entry in enumerate(content["committees"], 1):
        _committee(loader, entry, position)
    for entry in content["terms"]:
        _term(loader, entry)


def _committee(loader, entry, position):
    values = {
        "acronym": entry["acronym"] or "",
        "space_id": int(loader.rows[f"spaces/{entry['space']}"]),
        "position": position,
        "term_years": entry["term_length_years"],
        "holders_known": entry["holders_known"],
        "sources": sources(entry),
        **texts("name", entry["names"]),
        **texts("description", entry["description"]),
        **texts("note", entry["seats_note"]),
    }
    name = f"committees/{entry['slug']}"
    committee = int(loader.put(name, Committee, {"slug": entry["slug"]}, values, same_words=seen_names(entry)))
    for seat in entry["seats"]:
        find = {
            "committee_id": committee,
            "sector_id": int(loader.rows[f"sectors/{seat['sector']}"]),
            "ordinal": seat["ordinal"],
        }
        loader.put(f"seats/{seat['key']}", Seat, find, {**find, "filled_by": entry["filled_by"]})


def _start(entry):
    """A start known to the month only cannot be before the election that gave the seat."""
    first, elected = first_day(entry["start"]), first_day(entry["elected"]["end"])
    return max(first, elected) if elected <= last_day(entry["start"]) else first


def _term(loader, entry):
    """The holder is named in public because the office is; nobody is made public otherwise."""
    who = entry["person"]
    values = {"name": who["name"], "is_public": True}
    person = loader.put(f"people/{who['slug']}", Person, {"name": who["name"], "is_demo": False, "user": None}, values)
    find = {"seat_id": int(loader.rows[f"seats/{entry['seat']}"]), "person_id": int(person), "starts_on": _start(entry)}
    values = {
        **find,
        "organization_id": int(loader.rows[f"organizations/{entry['organization']}"]),
        "start_precision": entry["start_precision"],
        "planned_end": last_day(entry["planned_end"]),
        "ended_on": last_day(entry["end"]),
        "chosen_in": loader.codes[f"decisions/{entry['outcome']}"],
        "sources": sources(entry),
        **texts("note", entry["note"]),
    }
    loader.put(f"terms/{entry['key']}", Term, find, values)

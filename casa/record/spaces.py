"""Spaces, editions, deadlines and how they moved."""

import itertools

from casa.record.community import seen_names
from casa.record.reading import closing_instant, dates, first_day, joined, place, read, sources, texts
from spaces.models import DeadlineChange, Edition, EditionDeadline, Space


def load(loader, folder):
    entries = read(folder, "spaces.yaml")["spaces"] + read(folder, "spaces_national.yaml")["spaces"]
    for position, entry in enumerate(entries, 1):
        _space(loader, entry, position)
    for entry in entries:
        if entry["parent"]:
            # Two passes: a parent may stand below its child in the file.
            values = {"parent_id": int(loader.rows[f"spaces/{entry['parent']}"])}
            loader.put(f"parents/{entry['slug']}", Space, {"pk": loader.rows[f"spaces/{entry['slug']}"]}, values)
        for edition in entry["editions"]:
            _edition(loader, entry, edition)


def _space(loader, entry, position):
    values = {
        "acronym": entry["acronym"] or "",
        "kind": entry["kind"],
        "country": entry["country"] or "",
        "site": entry["site"] or "",
        "position": position,
        "sources": sources(entry),
        **texts("name", entry["names"]),
        **texts("description", joined(entry["description"], entry["note"])),
    }
    loader.put(f"spaces/{entry['slug']}", Space, {"slug": entry["slug"]}, values, same_words=seen_names(entry))


def _edition(loader, space, entry):
    values = {
        "space_id": int(loader.rows[f"spaces/{space['slug']}"]),
        "year": entry["year"],
        "ordinal": entry["ordinal"],
        "mode": entry["mode"] or "",
        "state": entry["state"],
        "sources": sources(entry),
        **dates(entry),
        **place(entry),
        **texts("title", entry["names"]),
        **texts("note", entry["note"]),
    }
    name = f"editions/{entry['key']}"
    loader.put(name, Edition, {"code": entry["code"]}, values, code=entry["code"])
    for deadline in entry["deadlines"]:
        _deadline(loader, int(loader.rows[name]), deadline)


def _deadline(loader, edition, entry):
    values = {
        "kind": entry["kind"],
        "opens_on": first_day(entry["opens"]),
        "day": first_day(entry["date"]),
        "closes_at": closing_instant(entry),
        "zone": entry["zone"] or "",
        "sources": sources(entry),
        **texts("title", entry["titles"]),
        **texts("note", entry["note"]),
    }
    find = {"edition_id": edition, "kind": entry["kind"], "title_es": entry["titles"]["es"]}
    name = f"deadlines/{entry['key']}"
    pk = int(loader.put(name, EditionDeadline, find, values))
    for number, (earlier, later) in enumerate(itertools.pairwise([*entry["history"], entry]), 1):
        values = {"old_day": first_day(earlier["date"]), "new_day": first_day(later["date"]), "at": loader.now}
        _change(loader, f"{name}/{number}", pk, values)


def _change(loader, name, deadline, values):
    loaded = loader.loaded.get(name)
    if loaded:
        # When the file first told of it is no fact of the file.
        values["at"] = loaded.content["at"]
    find = {"deadline_id": deadline, "old_day": values["old_day"], "new_day": values["new_day"]}
    loader.put(name, DeadlineChange, find, values)

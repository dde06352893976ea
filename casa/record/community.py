"""Themes, sectors, organisations."""

from casa.record.reading import LANGUAGES, joined, read, sources, texts
from commons.models import Sector, Theme
from organizations.models import Organization


def seen_names(entry):
    """Columns of the name whose form was seen in a source: all but those the file says are our own."""
    return [f"name_{code}" for code in LANGUAGES if code not in entry["verify"]]


def load(loader, folder):
    for kind, model in (("themes", Theme), ("sectors", Sector)):
        for position, entry in enumerate(read(folder, f"{kind}.yaml")[kind], 1):
            values = {"position": position, **texts("name", entry["names"])}
            loader.put(f"{kind}/{entry['slug']}", model, {"slug": entry["slug"]}, values)
    for position, entry in enumerate(read(folder, "organizations.yaml")["organizations"], 1):
        seat = entry["seat"] or {}
        values = {
            "acronym": entry["acronym"],
            "kind": entry["kind"],
            "position": position,
            "city": seat.get("city") or "",
            "country": seat.get("country") or "",
            "site": entry["site"] or "",
            "languages": entry["languages"],
            "member_from": entry["member_from"],
            "member_until": entry["member_until"],
            "sources": sources(entry),
            **texts("name", entry["names"]),
            **texts("description", joined(entry["description"], entry["legal_note"])),
        }
        name = f"organizations/{entry['slug']}"
        loader.put(name, Organization, {"slug": entry["slug"]}, values, same_words=seen_names(entry))

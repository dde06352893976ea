"""Institutions, visits, training. Nobody is named in any of them."""

from casa.record.reading import LANGUAGES, dates, joined, place, read, sources, texts
from core.visibility import Visibility
from engagement.models import Activity, Institution, TrainingProgramme, TrainingSession
from engagement.states import ActivityState, SessionState


def load(loader, folder):
    content = read(folder, "engagement.yaml")
    for entry in content["institutions"]:
        space = entry.get("space")
        values = {
            "kind": entry["kind"],
            "space_id": int(loader.rows[f"spaces/{space}"]) if space else None,
            "sources": sources(entry),
            **texts("name", entry["names"]),
        }
        loader.put(f"institutions/{entry['slug']}", Institution, {"slug": entry["slug"]}, values)
    for entry in content["visits"]:
        _visit(loader, entry, content["venues"])
    for entry in content["programmes"]:
        values = {
            "sources": sources(entry),
            **texts("name", entry["names"]),
            **texts("description", entry["description"]),
        }
        loader.put(f"programmes/{entry['slug']}", TrainingProgramme, {"slug": entry["slug"]}, values)
    for entry in content["sessions"]:
        _session(loader, entry, content["venues"])


def _organizations(loader, slugs):
    return [int(loader.rows[f"organizations/{slug}"]) for slug in slugs]


def _common(entry, venues):
    venue = venues[entry["place"]["venue"]]["names"] if entry["place"]["venue"] else None
    return {
        "year": entry["year"],
        "visibility": Visibility.PUBLIC,
        "sources": sources(entry),
        **dates(entry),
        **place(entry),
        **texts("venue", venue),
        **texts("title", entry["titles"]),
        **texts("date_note", entry["date_note"]),
    }


def _visit(loader, entry, venues):
    name = f"visits/{entry['key']}"
    if entry["year"] is None:
        loader.skip(name, "no source dates it")
        return
    values = {
        **_common(entry, venues),
        "kind": entry["type"],
        "state": ActivityState.PUBLISHED,
        **texts("summary", entry["text"]),
    }
    many = {
        "institutions": [int(loader.rows[f"institutions/{slug}"]) for slug in entry["institutions"]],
        "hosts": _organizations(loader, entry["hosts"]),
        "taking_part": _organizations(loader, entry["taking_part"]),
    }
    loader.put(name, Activity, {"code": entry["code"]}, values, code=entry["code"], many=many)


def _session(loader, entry, venues):
    listed = entry["topics"]  # none where no source was seen to list them
    topics = listed and {code: "\n".join(f"- {topic}" for topic in listed[code]) for code in LANGUAGES}
    values = {
        **_common(entry, venues),
        "programme_id": int(loader.rows[f"programmes/{entry['programme']}"]),
        "attendees": entry["figures"]["participants"],
        "countries": entry["figures"]["countries"],
        "state": SessionState.PUBLISHED,
        **texts("summary", joined(entry["text"], topics)),
    }
    many = {"hosts": _organizations(loader, entry["organizers"])}
    loader.put(
        f"training/{entry['key']}", TrainingSession, {"code": entry["code"]}, values, code=entry["code"], many=many
    )

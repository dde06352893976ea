"""Annual meetings, who attended, what came out."""

import uuid

from casa.record.reading import dates, first_day, joined, read, sources, texts
from core.visibility import Visibility
from meetings.models import Attendance, Decision, Meeting
from meetings.states import HowDecided, MeetingState

#: What the accounts say was talked about or looked back upon: nothing was decided, it is noted.
ONLY_NOTED = {"discussion", "assessment"}


def load(loader, folder):
    for entry in read(folder, "meetings.yaml")["meetings"]:
        meeting = _meeting(loader, entry)
        for slug in entry["attending"]:
            values = {
                "meeting_id": meeting,
                "organization_id": int(loader.rows[f"organizations/{slug}"]),
                "person": None,
            }
            loader.put(f"attendances/{entry['key']}/{slug}", Attendance, values, values)
        for number, outcome in enumerate(entry["outcomes"], 1):
            _decision(loader, entry, meeting, outcome, number)


def _place(where):
    venue = (where["venue"] or {}).get("es")
    return ", ".join(part for part in (venue, where["city"]) if part)


def _accounts(entry, acronyms):
    """The organisations' own accounts, as sources that name their author and title."""
    notes = {}
    for account in entry["accounts"]:
        author = acronyms[account["publisher"]]
        notes[account["url"]] = f"{author}: {account['title']}"
    return [source | ({"note": notes[source["url"]]} if source["url"] in notes else {}) for source in sources(entry)]


def _meeting(loader, entry):
    acronyms = {row["slug"]: row["acronym"] for row in loader.organizations}
    summary = entry["summary"]
    words = joined(summary, entry["note"], entry["attending_note"])
    outcome = loader.put_text(f"outcomes/{entry['key']}", {"authoritative": summary["authoritative"], **words})
    values = {
        "kind": entry["type"],
        "year": entry["year"],
        "zone": entry["zone"],
        "place": _place(entry["place"]),
        "mode": entry["mode"] or "",
        "state": MeetingState.PUBLISHED,
        "visibility": Visibility.PUBLIC,
        "outcome_id": int(outcome),
        # Known to calendars under the same identity on every machine.
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"casa:{entry['code']}")),
        "sources": _accounts(entry, acronyms),
        **dates(entry),
        **texts("title", entry["titles"]),
    }
    name = f"meetings/{entry['key']}"
    find = {"code": entry["code"], "revised_at": loader.now}
    before = len(loader.changed)
    meeting = int(loader.put(name, Meeting, find, values, code=entry["code"]))
    if len(loader.changed) > before:
        row = Meeting.objects.get(pk=meeting)
        row.sequence, row.revised_at = row.sequence + 1, loader.now
        row.save(update_fields=["sequence", "revised_at"])
    return meeting


def _how(entry):
    if entry["kind"] in ONLY_NOTED:
        return HowDecided.NOTED
    return HowDecided.UNSTATED if entry["how"] == "unknown" else HowDecided(entry["how"])


def _decision(loader, meeting, meeting_id, entry, number):
    values = {
        "meeting_id": meeting_id,
        "number": number,
        "how": _how(entry),
        "state": entry["state"],
        "visibility": Visibility.PUBLIC,
        "theme_id": int(loader.rows[f"themes/{entry['theme']}"]),
        "decided_on": first_day(meeting["end"]),
        "sources": sources(entry),
        **texts("title", entry["titles"]),
        **texts("text", joined(entry["text"], entry.get("spaces_note"))),
    }
    spaces = {"spaces": [int(loader.rows[f"spaces/{slug}"]) for slug in entry["spaces"]]}
    loader.put(f"decisions/{entry['key']}", Decision, {"code": entry["code"]}, values, code=entry["code"], many=spaces)

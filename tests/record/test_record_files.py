"""The data files of the real record: whole, sourced, in three languages, and consistent with one another."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

RECORD = Path(__file__).resolve().parents[2] / "record"
FILES = sorted(RECORD.glob("*.yaml"))
LANGUAGES = ("es", "pt", "en")
DATE_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@cache
def read(name):
    return yaml.safe_load((RECORD / name).read_text(encoding="utf-8"))


def entries():
    """Every mapping in the files that carries its own sources, with a readable place for messages."""

    def walk(node, place):
        if isinstance(node, dict):
            here = f"{place}/{node.get('key') or node.get('slug') or ''}".rstrip("/")
            if "sources" in node:
                yield here, node
            for name, child in node.items():
                yield from walk(child, f"{here}.{name}")
        elif isinstance(node, list):
            for child in node:
                yield from walk(child, place)

    for path in FILES:
        yield from walk(read(path.name), path.stem)


ENTRIES = list(entries())


def all_of(kind):
    """Slugs of one list, over the files that hold it."""
    return {row["slug"] for path in FILES for row in (read(path.name) or {}).get(kind, [])}


def spaces():
    return read("spaces.yaml")["spaces"] + read("spaces_national.yaml")["spaces"]


def keys():
    return [row["key"] for _, row in ENTRIES if "key" in row]


def test_every_file_parses_into_lists():
    assert [path.name for path in FILES] == [
        "committees.yaml",
        "engagement.yaml",
        "links.yaml",
        "meetings.yaml",
        "organizations.yaml",
        "sectors.yaml",
        "spaces.yaml",
        "spaces_national.yaml",
        "themes.yaml",
    ]
    assert all(read(path.name) for path in FILES)


def test_no_key_or_slug_is_used_twice():
    found = keys()
    assert sorted(found) == sorted(set(found))
    for kind in ("organizations", "themes", "sectors", "committees", "institutions", "programmes"):
        slugs = [row["slug"] for path in FILES for row in read(path.name).get(kind, [])]
        assert sorted(slugs) == sorted(set(slugs)), kind
    slugs = [row["slug"] for row in spaces()]
    assert sorted(slugs) == sorted(set(slugs))


def test_every_entry_has_a_source_with_a_full_address():
    assert len(ENTRIES) > 100
    assert [place for place, row in ENTRIES if not row["sources"]] == []
    addresses = {source["url"] for _, row in ENTRIES for source in row["sources"]}
    whole = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/\S*)?(\?\S+)?")
    assert [url for url in addresses if not whole.fullmatch(url) or "..." in url or "…" in url] == []


def test_every_entry_speaks_three_languages():
    nameless = [
        place
        for place, row in ENTRIES
        if not (row.get("names") or row.get("titles") or "person" in row or place.startswith("links"))
    ]
    assert nameless == []
    spoken = (
        "names",
        "titles",
        "description",
        "text",
        "summary",
        "note",
        "seats_note",
        "legal_note",
        "attending_note",
        "spaces_note",
        "date_note",
        "topics",
    )
    incomplete = [
        f"{place}.{field}"
        for place, row in ENTRIES
        for field in spoken
        if row.get(field) is not None and not all(row[field].get(code) for code in LANGUAGES)
    ]
    assert incomplete == []


def test_lists_of_topics_have_the_same_length_in_every_language():
    for session in read("engagement.yaml")["sessions"]:
        if session["topics"] is None:  # no source was seen to list them
            continue
        assert len({len(session["topics"][code]) for code in LANGUAGES}) == 1, session["key"]


def test_nothing_is_a_demonstration_and_no_word_is_a_false_friend():
    for path in FILES:
        assert not re.search(r"\bdemo\b", path.read_text(encoding="utf-8"), re.I), path.name
    for place, row in ENTRIES:
        for field in ("names", "titles", "text", "summary", "description", "note"):
            value = row.get(field) or {}
            assert not re.search(r"\b(minuta|acuerdos?)\b", str(value.get("es", "")), re.I), place
            assert not re.search(r"\b(minuta|fiscais|fiscal)\b", str(value.get("pt", "")), re.I), place


def valid_date(text, precision):
    parsed = datetime.strptime(text, DATE_FORMATS[precision])
    assert parsed.strftime(DATE_FORMATS[precision]) == text
    return parsed


def test_dates_are_valid_and_in_order():
    for place, row in ENTRIES:
        if "precision" not in row or "date" in row:
            continue
        if row["precision"] == "unknown":
            assert row["start"] is None and row["end"] is None, place
            if row.get("not_after"):
                date.fromisoformat(row["not_after"])
            continue
        assert valid_date(row["start"], row["precision"]) <= valid_date(row["end"], row["precision"]), place


def test_editions_fall_in_their_year():
    for space in spaces():
        for edition in space["editions"]:
            assert edition["start"].startswith(str(edition["year"])), edition["key"]
            assert edition["state"] in {"held", "announced"}


def test_visits_and_training_fall_in_their_year():
    engagement = read("engagement.yaml")
    for row in engagement["visits"] + engagement["sessions"]:
        if row["start"] is not None:
            assert row["start"].startswith(str(row["year"])), row["key"]
        elif row["not_after"] is not None:
            assert row["not_after"].startswith(str(row["year"])), row["key"]


def test_notes_on_dates_are_short_enough_to_be_kept():
    notes = [row["date_note"] for _, row in ENTRIES if row.get("date_note")]
    assert max(len(text) for note in notes for text in note.values()) <= 240


def test_deadlines_have_a_zone_whenever_they_have_a_time():
    for space in spaces():
        for edition in space["editions"]:
            for deadline in edition["deadlines"]:
                assert (deadline["time"] is None) == (deadline["zone"] is None), deadline["key"]
                if deadline["precision"] == "minute":
                    datetime.strptime(f"{deadline['date']} {deadline['time']}", "%Y-%m-%d %H:%M")
                    ZoneInfo(deadline["zone"])
                else:
                    assert deadline["precision"] == "day" and deadline["time"] is None, deadline["key"]
                    valid_date(deadline["date"], "day")
                if deadline["opens"]:
                    assert deadline["opens"] <= deadline["date"], deadline["key"]
                for earlier in deadline["history"]:
                    assert earlier["date"] is None or earlier["date"] < deadline["date"], deadline["key"]


def test_terms_have_an_unknown_end_and_a_real_seat():
    committees = read("committees.yaml")
    seats = {seat["key"]: (c["slug"], seat) for c in committees["committees"] for seat in c["seats"]}
    for term in committees["terms"]:
        assert seats[term["seat"]][0] == term["committee"]
        valid_date(term["start"], term["start_precision"])
        assert term["planned_end"] is None and term["how"] == "unknown"


def test_how_a_thing_was_decided_is_never_filled_in():
    for meeting in read("meetings.yaml")["meetings"]:
        assert {outcome["how"] for outcome in meeting["outcomes"]} == {"unknown"}


def test_references_resolve():
    organizations, themes, places = all_of("organizations"), all_of("themes"), {s["slug"] for s in spaces()}
    sectors, institutions = all_of("sectors"), all_of("institutions")
    for space in spaces():
        assert space["parent"] is None or space["parent"] in places, space["slug"]
    for meeting in read("meetings.yaml")["meetings"]:
        assert set(meeting["attending"]) <= organizations
        assert all(account["publisher"] in organizations for account in meeting["accounts"])
        for outcome in meeting["outcomes"]:
            assert outcome["theme"] in themes and set(outcome["spaces"]) <= places, outcome["key"]
    committees = read("committees.yaml")
    for committee in committees["committees"]:
        assert committee["space"] in places and set(committee["sectors"]) <= sectors
        assert {seat["sector"] for seat in committee["seats"]} <= sectors
    for term in committees["terms"]:
        assert term["organization"] in organizations and term["meeting"] in keys() and term["outcome"] in keys()
    engagement = read("engagement.yaml")
    for institution in engagement["institutions"]:
        assert institution.get("space") in places | {None}
        assert institution.get("parent") in institutions | {None}
    for visit in engagement["visits"]:
        assert set(visit["institutions"]) <= institutions and set(visit["themes"]) <= themes
        assert set(visit["hosts"]) | set(visit["taking_part"]) <= organizations
    for session in engagement["sessions"]:
        assert session["programme"] in all_of("programmes") and set(session["themes"]) <= themes
        assert set(session["organizers"]) <= organizations


def test_links_join_records_that_exist_and_never_run_backwards_in_time():
    known = keys()
    years = {key: int(found.group()) for key in known if (found := re.search(r"20\d\d", key))}
    for link in read("links.yaml")["links"]:
        assert link["from"] in known and link["to"] in known, link["key"]
        assert link["from"] != link["to"]
        assert link["kind"] in {"result_of", "continues", "came_from"}
        if link["from"] in years and link["to"] in years:
            assert years[link["from"]] >= years[link["to"]], link["key"]


def test_a_commitment_is_fulfilled_only_where_a_link_shows_the_deed():
    results = {link["to"] for link in read("links.yaml")["links"] if link["kind"] == "result_of"}
    for meeting in read("meetings.yaml")["meetings"]:
        for outcome in meeting["outcomes"]:
            assert outcome["state"] in {"recorded", "fulfilled"}
            assert outcome["state"] == "recorded" or outcome["key"] in results, outcome["key"]


def test_seven_member_organizations():
    members = [row["acronym"] for row in read("organizations.yaml")["organizations"] if row["kind"] == "member"]
    assert members == ["LACNIC", "ISOC", "ICANN", "LACTLD", "LAC-IX", "LACNOG", "RedCLARA"]
    everyone = read("meetings.yaml")["meetings"][1]["attending"]
    assert len(everyone) == read("meetings.yaml")["meetings"][1]["attending_count"] == 7


def test_the_promise_to_train_reaches_its_deed():
    links = read("links.yaml")["links"]
    came_of = {link["to"]: (link["from"], link["kind"]) for link in links}
    assert came_of["2023-content-workshop"] == ("2024-justice-training", "continues")
    assert came_of["2024-justice-training"] == ("training-montevideo-2024", "result_of")

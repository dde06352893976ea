"""Loading the real record: the facts arrive, loading again changes nothing, people's own changes survive."""

import datetime
import shutil

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from casa.models import LoadedEntry
from casa.record.loading import FOLDER, load
from committees.models import Committee, Seat, Term
from commons.models import Theme
from core import clock
from core.models import JournalEntry, Link, Record, RecordCounter
from core.records import services as records
from core.records import threads
from core.records.registry import kinds
from core.text import TextStatus
from engagement.models import Activity, TrainingSession
from meetings.models import Decision, Meeting
from organizations.models import Organization, Person
from spaces.models import DeadlineChange, Edition, EditionDeadline, Space

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
NOBODY = AnonymousUser()


@pytest.fixture
def files(tmp_path):
    """A copy of the record's files that a test may correct."""
    return shutil.copytree(FOLDER, tmp_path / "record")


def correct(folder, name, change):
    path = folder / name
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def test_loading_twice_changes_nothing(django_assert_max_num_queries):
    first = load(NOW)
    assert len(first.new) > 150
    assert first.changed == []
    rows = {model: list(model.objects.order_by("pk").values()) for model in (Meeting, Decision, Edition, Term, Record)}
    with django_assert_max_num_queries(5):
        second = load(NOW + datetime.timedelta(days=1))
    assert (second.new, second.changed, second.gone()) == ([], [], [])
    assert rows == {model: list(model.objects.order_by("pk").values()) for model in rows}


def test_the_command_says_what_it_did(capsys):
    call_command("load_record")
    assert "0 changed" in capsys.readouterr().out
    call_command("load_record")
    out = capsys.readouterr().out
    assert "0 new, 0 changed" in out
    assert "not loaded: visits/visit-regulatel (no source dates it)" in out


def test_every_loaded_row_is_real_sourced_and_in_three_languages():
    load(NOW)
    for model in (
        Organization,
        Space,
        Edition,
        EditionDeadline,
        Meeting,
        Decision,
        Committee,
        Activity,
        TrainingSession,
    ):
        rows = list(model.objects.all())
        assert rows
        for row in rows:
            assert not row.is_demo, row
            assert row.sources, row
            name = "name" if hasattr(row, "name_es") else "title"
            assert all(getattr(row, f"{name}_{code}") for code in ("es", "pt", "en")), row
            row.clean_fields()
    assert not Person.objects.filter(is_demo=True).exists()


def test_codes_are_the_files_own_and_the_counter_goes_on_after_them():
    load(NOW)
    for kind in kinds().values():
        held = set(kind.model().objects.values_list("code", flat=True))
        assert held == set(Record.objects.filter(kind=kind.code).values_list("code", flat=True)), kind.code
    assert Meeting.objects.get(year=2024).code == "CASA-2024-MEE-001"
    last = RecordCounter.objects.get(kind="DEC", year=2024).last
    assert last == 7
    assert records.reserve("DEC", 2024).code == "CASA-2024-DEC-008"


def test_claiming_a_code_out_of_order_never_lowers_the_counter():
    records.claim("CASA-2019-DEC-005")
    records.claim("CASA-2019-DEC-002")
    assert records.reserve("DEC", 2019).code == "CASA-2019-DEC-006"
    with pytest.raises(ValueError, match="not a code"):
        records.claim("CASA-19-DEC-2")


def test_seven_members_and_the_meetings_they_held():
    load(NOW)
    members = [o.acronym for o in Organization.objects.members_on(NOW.date())]
    assert members == ["LACNIC", "ISOC", "ICANN", "LACTLD", "LAC-IX", "LACNOG", "RedCLARA"]
    meeting = Meeting.objects.get(code="CASA-2024-MEE-001")
    assert (meeting.starts_on, meeting.ends_on) == (datetime.date(2024, 1, 22), datetime.date(2024, 1, 23))
    assert meeting.attendances.count() == 7
    assert (meeting.state, meeting.visibility) == ("published", "public")
    former = Meeting.objects.get(code="CASA-2023-MEE-001")
    assert (former.starts_on, former.ends_on) == (datetime.date(2023, 1, 26), datetime.date(2023, 1, 27))
    assert former.attendances.count() == 0
    assert "8 de febrero" in former.outcome.official().body
    assert {source.get("note", "").partition(":")[0] for source in former.sources} == {"LACNIC", "RedCLARA", "ICANN"}


def test_the_outcome_is_official_in_spanish_and_its_translations_unreviewed():
    load(NOW)
    text = Meeting.objects.get(code="CASA-2024-MEE-001").outcome
    assert [text.status(code) for code in ("es", "pt", "en", "fr")] == [
        TextStatus.OFFICIAL,
        TextStatus.UNREVIEWED,
        TextStatus.UNREVIEWED,
        TextStatus.MISSING,
    ]


def test_names_seen_in_a_source_are_reviewed_and_our_own_are_not():
    load(NOW)
    icann = Organization.objects.get(slug="icann")
    assert icann.translation_status("name", "en") == TextStatus.CURRENT
    assert icann.translation_status("name", "pt") == TextStatus.UNREVIEWED
    assert icann.translation_status("description", "en") == TextStatus.UNREVIEWED


def test_the_three_representatives_with_the_end_of_their_term_unknown():
    load(NOW)
    terms = Term.objects.filter(seat__committee__slug="cmpi").order_by("seat__ordinal")
    assert [(t.person.name, t.organization.acronym) for t in terms] == [
        ("Rocío de la Fuente", "LACTLD"),
        ("Lía Solis", "LACNOG"),
        ("Rodrigo de la Parra", "ICANN"),
    ]
    election = Decision.objects.get(code="CASA-2024-DEC-004")
    assert "CMPI" in election.title_en
    for term in terms:
        assert (term.planned_end, term.ended_on, term.person.is_public) == (None, None, True)
        assert (term.starts_on, term.start_precision) == (datetime.date(2024, 1, 23), "month")
        assert term.chosen_in == election.code
    assert not Term.objects.on(datetime.date(2024, 1, 10)).exists()
    assert Term.objects.on(datetime.date(2024, 2, 1)).count() == 3
    assert Seat.objects.filter(committee__slug="cst").count() == 3
    assert Committee.objects.get(slug="cst").holders_known is False


def test_what_was_only_talked_about_is_noted_and_not_decided():
    load(NOW)
    decided = Decision.objects.filter(meeting__year=2024, how="").order_by("number")
    assert [d.number for d in decided] == [3, 4, 6, 7]
    assert set(Decision.objects.exclude(how="").values_list("how", flat=True)) == {"noted"}


def test_the_commitment_to_train_reaches_its_deed():
    load(NOW)
    commitment = Decision.objects.get(theme__slug="justice-training", meeting__year=2024)
    assert (commitment.state, commitment.how) == ("fulfilled", "")
    (thread,) = threads.what_came_of([commitment.code], NOBODY, NOW)
    (deed,) = thread.children
    assert deed.row.date == datetime.date(2024, 10, 29)
    assert deed.kind == "result_of"
    before = threads.where_from(commitment.code, NOBODY, NOW)
    assert [node.row.date.year for node in before.walk()] == [2023, 2020, 2019]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_what_was_decided_in_2023_and_2024_is_shown_as_threads_with_their_sources(client, language):
    """Everybody reads of each decision the thread, and on it the addresses on which it and what came of it stand."""
    load(NOW)
    decisions = Decision.objects.filter(meeting__year__in=[2023, 2024])
    assert {row.meeting.year for row in decisions} == {2023, 2024} and len(decisions) >= 11
    for row in decisions:
        page = client.get(f"/{language}/threads/{row.code}/").content.decode()
        assert row.sources and all(f'href="{source["url"]}"' in page for source in row.sources), row.code
    training = client.get(
        f"/{language}/threads/{decisions.get(theme__slug='justice-training', meeting__year=2024).code}/"
    )
    assert len(training.context["sources"]) > 1, "of the deed too"


@pytest.mark.parametrize(
    ("prefix", "commitment", "decided", "deed"),
    [("es", "cumplido", "cumplida", "realizada"), ("pt", "cumprido", "cumprida", "realizada")],
)
def test_state_words_agree_with_what_they_speak_of(client, prefix, commitment, decided, deed):
    load(NOW)
    code = Decision.objects.get(theme__slug="justice-training", meeting__year=2024).code
    thread = client.get(f"/{prefix}/threads/{code}/").content.decode()
    assert f'state--done">{decided}<' in thread and f'state--done">{deed}<' in thread
    assert f">{commitment}<" not in thread
    assert f'state--done">{commitment}<' in client.get(f"/{prefix}/years/2024/").content.decode()


def test_dates_are_no_more_exact_than_their_source():
    load(NOW)
    lacigf = Edition.objects.get(space__slug="lacigf", year=2024)
    assert (lacigf.starts_on, lacigf.ends_on, lacigf.date_precision) == (
        datetime.date(2024, 11, 1),
        datetime.date(2024, 11, 30),
        "month",
    )
    elac = Activity.objects.get(year=2023)
    assert (elac.starts_on, elac.ends_on, elac.date_precision) == (None, None, "year")
    assert {o.acronym for o in elac.taking_part.all()} == {"ISOC", "LACNIC"}
    assert elac.hosts.count() == 0


def test_a_deadline_keeps_its_announced_zone_and_how_it_moved():
    load(NOW)
    igf = EditionDeadline.objects.get(edition__space__slug="igf", day=datetime.date(2025, 3, 16))
    assert igf.closes_at == datetime.datetime(2025, 3, 17, tzinfo=datetime.UTC)
    assert (igf.zone, igf.last_minute.minute) == ("UTC", 59)
    fib = DeadlineChange.objects.get(deadline__edition__space__slug="fib")
    assert (fib.old_day, fib.new_day) == (datetime.date(2024, 9, 27), fib.deadline.day)
    assert DeadlineChange.objects.filter(old_day=None).count() == 2


def test_a_correction_in_a_file_reaches_the_same_row(files):
    load(NOW, files)
    before = Organization.objects.get(slug="lacnog")

    def fix(content):
        row = next(row for row in content["organizations"] if row["slug"] == "lacnog")
        row["names"]["pt"] = "Grupo de Operadores de Redes da América Latina e Caribe"

    correct(files, "organizations.yaml", fix)
    done = load(NOW, files)
    assert (done.new, done.changed) == ([], ["organizations/lacnog"])
    after = Organization.objects.get(slug="lacnog")
    assert after.pk == before.pk
    assert after.name_pt != before.name_pt


def test_a_corrected_meeting_has_one_more_version_everywhere(files):
    load(NOW, files)
    later = NOW + datetime.timedelta(hours=1)
    correct(files, "meetings.yaml", lambda content: content["meetings"][1].update(end="2024-01-24"))
    load(later, files)
    meeting = Meeting.objects.get(code="CASA-2024-MEE-001")
    assert (meeting.sequence, meeting.revised_at) == (1, later)
    assert Record.objects.get(code=meeting.code).version == 2
    verbs = JournalEntry.objects.filter(code=meeting.code).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["record_loaded", "record_corrected"]


def test_a_corrected_text_is_a_new_version_and_leaves_old_translations_stale(files):
    load(NOW, files)
    correct(files, "meetings.yaml", lambda content: content["meetings"][1]["summary"].update(es="Otro resumen."))
    done = load(NOW, files)
    assert done.changed == ["outcomes/annual-2024"]
    text = Meeting.objects.get(code="CASA-2024-MEE-001").outcome
    assert text.official().body == "Otro resumen."
    assert text.versions.filter(language="es").count() == 2
    assert text.status("pt") == TextStatus.STALE


def test_what_people_changed_here_is_not_undone(files):
    load(NOW, files)
    deadline = EditionDeadline.objects.get(edition__space__slug="fib", changes__isnull=False)
    EditionDeadline.objects.filter(pk=deadline.pk).update(day=datetime.date(2024, 10, 20))
    assert load(NOW, files).changed == []

    def fix(content):
        space = next(row for row in content["spaces"] if row["slug"] == "fib")
        for row in space["editions"][0]["deadlines"]:
            row["titles"]["en"] = "Corrected title"

    correct(files, "spaces_national.yaml", fix)
    load(NOW, files)
    deadline.refresh_from_db()
    assert (deadline.day, deadline.title_en) == (datetime.date(2024, 10, 20), "Corrected title")


def test_what_left_the_files_is_told_and_kept(files):
    load(NOW, files)
    correct(files, "themes.yaml", lambda content: content["themes"].pop())
    done = load(NOW, files)
    assert done.gone() == ["themes/artificial-intelligence"]
    assert Theme.objects.filter(slug="artificial-intelligence").exists()


def test_a_mistake_in_a_file_loads_nothing(files):
    correct(files, "links.yaml", lambda content: content["links"][0].pop("kind"))
    with pytest.raises(KeyError):
        load(NOW, files)
    assert LoadedEntry.objects.count() == Organization.objects.count() == Link.objects.count() == 0


def test_a_row_made_by_hand_is_recognised(files):
    Space.objects.create(slug="lacigf", name_es="Foro", kind="regional")
    load(clock.now(), files)
    assert Space.objects.get(slug="lacigf").acronym == "LACIGF"


def test_every_code_is_given_once_and_says_its_kind_and_year():
    found = []
    for kind, name, listed in (
        ("EDI", "spaces.yaml", lambda c: [e for s in c["spaces"] for e in s["editions"]]),
        ("EDI", "spaces_national.yaml", lambda c: [e for s in c["spaces"] for e in s["editions"]]),
        ("MEE", "meetings.yaml", lambda c: c["meetings"]),
        ("VIS", "engagement.yaml", lambda c: [v for v in c["visits"] if v["year"]]),
        ("TRA", "engagement.yaml", lambda c: c["sessions"]),
    ):
        content = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
        for entry in listed(content):
            assert entry["code"].startswith(f"CASA-{entry['year']}-{kind}-"), entry["key"]
            found.append(entry["code"])
            for outcome in entry.get("outcomes", []):
                assert outcome["code"].startswith(f"CASA-{entry['year']}-DEC-"), outcome["key"]
                found.append(outcome["code"])
    assert sorted(found) == sorted(set(found))

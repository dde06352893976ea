"""The outcome text: its languages, conflicts, publication and dated corrections."""

import datetime

import pytest

from commons.models import TextVersion
from core.errors import Conflict, Incomplete, NotNow
from core.journal import history
from meetings.models import Meeting
from meetings.services.meetings import set_visibility
from meetings.services.outcome import publish_meeting, write_outcome
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 24, 15, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=3)


@pytest.fixture
def team():
    return make.coordination()


@pytest.fixture
def held():
    return make.meeting(2026, state="held")


def write(meeting, team, body, language="es", base=0, now=NOW, reviewer=""):
    return write_outcome(
        meeting,
        language=language,
        body=body,
        actor=team,
        now=now,
        base_number=base,
        reviewer=reviewer,
        official_language=language,
    )


def text_of(meeting):
    return Meeting.objects.get(pk=meeting.pk).outcome


def test_the_first_language_written_prevails(held, team):
    write(held, team, "O que foi decidido", "pt")
    write(held, team, "Lo que se decidió", "es", reviewer="Demo Revisora")
    assert text_of(held).authoritative_language == "pt"
    assert [text_of(held).status(code) for code in ("pt", "es", "en")] == ["official", "current", "missing"]


def test_a_translation_is_unreviewed_until_somebody_puts_their_name_and_stale_once_the_official_text_changes(
    held, team
):
    write(held, team, "Uno")
    write(held, team, "One", "en")
    assert text_of(held).status("en") == "unreviewed"
    write(held, team, "One", "en", base=1, reviewer="Demo Revisora")
    assert text_of(held).status("en") == "current"
    write(held, team, "Dos", base=1)
    assert text_of(held).status("en") == "stale"


def test_two_writers_never_lose_words(held, team):
    write(held, team, "Uno")
    write(held, team, "Lo de ella", base=1)
    with pytest.raises(Conflict) as refused:
        write(held, team, "Lo de él", base=1)
    assert refused.value.current.body == "Lo de ella"
    assert TextVersion.objects.count() == 2


def test_an_empty_text_is_refused(held, team):
    with pytest.raises(Incomplete):
        write(held, team, " \n ")
    assert text_of(held) is None


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_it_is_written_only_once_the_meeting_is_convened(team, state):
    with pytest.raises(NotNow):
        write(make.meeting(2026, state=state), team, "Uno")


def test_publishing_says_all_that_is_missing_at_once(team):
    meeting = make.meeting(2026, state="held", starts_on=None, ends_on=None)
    with pytest.raises(Incomplete) as refused:
        publish_meeting(meeting, visibility="public", actor=team, now=NOW)
    assert set(refused.value.missing) == {"starts_on", "outcome", "decisions"}
    meeting.refresh_from_db()
    assert (meeting.state, meeting.published_at) == ("held", None)


def test_publishing_for_the_public_needs_something_public(held, team):
    write(held, team, "Uno")
    make.decision(held, visibility="community")
    with pytest.raises(Incomplete) as refused:
        publish_meeting(held, visibility="public", actor=team, now=NOW)
    assert set(refused.value.missing) == {"decisions"}
    publish_meeting(held, visibility="community", actor=team, now=NOW)


@pytest.mark.parametrize("state", ["planned", "convened", "in_session", "cancelled", "published"])
def test_only_what_was_held_is_published_and_once(team, state):
    with pytest.raises(NotNow):
        publish_meeting(make.meeting(2026, state=state), visibility="public", actor=team, now=NOW)


def published(held, team):
    write(held, team, "Se decidió lo uno")
    make.decision(held, "Lo uno")
    publish_meeting(held, visibility="public", actor=team, now=NOW)
    return held


def test_publication_waits_for_no_translation(held, team, client):
    assert client.get(f"/en/meetings/{held.code}/").content.count(b"Se decidi") == 0
    published(held, team)
    page = client.get(f"/en/meetings/{held.code}/").content.decode()
    assert 'lang="es"><p>Se decidió lo uno' in page
    assert history(held.code).last().facts == {"visibility": "public"}


def test_a_draft_is_read_by_the_organisations_only(held, team, client, signed_in):
    write(held, team, "Un borrador")
    assert "Un borrador" not in client.get(held.get_absolute_url()).content.decode()
    assert client.get(f"/es/meetings/{held.code}/outcome/es/1/").status_code == 404
    client = signed_in(make.delegate(make.organization()))
    assert "Un borrador" in client.get(held.get_absolute_url()).content.decode()
    assert client.get(f"/es/meetings/{held.code}/outcome/es/1/").status_code == 200


def test_a_correction_is_dated_and_the_text_as_it_stood_stays_reachable(held, team, client):
    write(held, team, "Un borrador de antes")
    write(held, team, "Se decidió lo uno", base=1)
    make.decision(held)
    publish_meeting(held, visibility="public", actor=team, now=NOW)
    write(held, team, "Se decidió lo otro", base=2, now=LATER)
    assert history(held.code).last().verb == "outcome_corrected"
    page = client.get(f"/es/meetings/{held.code}/").content.decode()
    assert "Se decidió lo otro" in page and "Se decidió lo uno" not in page
    assert "27 de enero de 2026" in page and f"/es/meetings/{held.code}/outcome/es/2/" in page
    before = client.get(f"/es/meetings/{held.code}/outcome/es/2/")
    assert before.status_code == 200 and "Se decidió lo uno" in before.content.decode()
    # What stood only in a draft was never public.
    assert client.get(f"/es/meetings/{held.code}/outcome/es/1/").status_code == 404
    for nonsense in ("es/9/", "xx/1/", "es/99999999999999999999/"):
        assert client.get(f"/es/meetings/{held.code}/outcome/{nonsense}").status_code == 404


def test_what_went_out_by_mistake_can_be_taken_in_again(held, team, client):
    published(held, team)
    set_visibility(held, visibility="community", actor=team, now=LATER)
    assert client.get(held.get_absolute_url()).status_code == 404


def test_hostile_markdown_is_harmless(held, team, client):
    body = (
        "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=y> ![i](https://evil.example/t.png)"
    )
    write(held, team, body)
    make.decision(held)
    publish_meeting(held, visibility="public", actor=team, now=NOW)
    page = client.get(held.get_absolute_url()).content.decode().split('class="outcome', 1)[1].split("</div>")[0]
    assert "<script" not in page and "<img" not in page and 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)" in page

"""Two people write the same at once: the second one sees both texts, and sending again builds on the first."""

import datetime
import re

import pytest

from meetings.services.outcome import write_outcome
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 22, 15, tzinfo=datetime.UTC)
DECISION = {"source_language": "es", "title_es": "Decidir", "how": "consensus", "visibility": "public"}


@pytest.fixture
def team():
    return make.coordination()


def test_a_conflict_shows_both_texts_and_the_next_sending_builds_upon_it(signed_in, team):
    meeting = make.meeting(2026, state="held")
    write_outcome(meeting, language="es", body="Uno", actor=team, now=NOW)
    write_outcome(meeting, language="es", body="Lo de ella", actor=team, now=NOW, base_number=1)
    web, path = signed_in(team), f"/es/meetings/{meeting.code}/outcome/es/"
    answer = web.post(path, {"body": "Lo de él", "base_number": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Lo de ella" in page and "Lo de él" in page
    base = re.search(r'name="base_number" value="(\d+)"', page)[1]
    assert web.post(path, {"body": "Lo de ambos", "base_number": base}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.outcome.official().body == "Lo de ambos"


def test_two_who_correct_the_same_meeting(signed_in, team):
    meeting = make.meeting(2026)
    web, path = signed_in(team), f"/es/meetings/{meeting.code}/correct/"
    base = web.get(path).context["form"].initial["base_version"]
    data = {"source_language": "es", "kind": "annual", "visibility": "public", "base_version": base}
    assert web.post(path, data | {"title_es": "De ella"}).status_code == 302
    answer = web.post(path, data | {"title_es": "De él"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "De ella" in page and "De él" in page
    base = re.search(r'name="base_version" value="(\d+)"', page)[1]
    assert web.post(path, data | {"title_es": "De ambos", "base_version": base}).status_code == 302


def test_two_who_correct_the_same_decision(signed_in, team):
    decision = make.decision(make.meeting(2026, state="held"))
    web, path = signed_in(team), f"/es/meetings/decisions/{decision.code}/correct/"
    base = web.get(path).context["form"].initial["base_version"]
    assert web.post(path, DECISION | {"title_es": "De ella", "base_version": base}).status_code == 302
    answer = web.post(path, DECISION | {"title_es": "De él", "base_version": base})
    page = answer.content.decode()
    assert answer.status_code == 422 and "De ella" in page and "De él" in page
    base = re.search(r'name="base_version" value="(\d+)"', page)[1]
    assert web.post(path, DECISION | {"title_es": "De ambos", "base_version": base}).status_code == 302
    decision.refresh_from_db()
    assert decision.title_es == "De ambos"

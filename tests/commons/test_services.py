"""Acts on texts, actions and themes, and what they refuse."""

import datetime

import pytest

from commons.models import SignOff, Text, Theme
from commons.services import actions, texts, themes
from commons.services.actions import ActionPlan
from core.errors import Conflict, Incomplete, NotNow
from core.records.models import Link
from core.visibility import Visibility
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.date


def write(text, body, **fields):
    return texts.write_version(text, **{"language": "es", "body": body, "actor": None, "now": NOW} | fields)


def test_the_same_words_twice_are_one_version_and_a_translation_knows_its_source():
    text = Text.objects.create(authoritative_language="es")
    first = write(text, "Uno")
    assert write(text, "Uno") == first
    assert write(text, "One", language="en").made_from == first
    assert write(text, "Dos", base_number=1).number == 2


def test_who_writes_over_another_reads_the_other_first():
    text = Text.objects.create(authoritative_language="es")
    newest = write(text, "Uno")
    with pytest.raises(Conflict) as refused:
        write(text, "Otro", base_number=0)
    assert refused.value.current == newest


def sign(text, organization, answer, **fields):
    defaults = {"number": 1, "organization": organization, "answer": answer, "actor": None, "now": NOW}
    return texts.sign_off(text, **defaults | fields)


def test_an_organisation_answers_about_exactly_this_version_and_may_answer_otherwise():
    text, organization = Text.objects.create(authoritative_language="es"), make.organization()
    with pytest.raises(Conflict):
        sign(text, organization, "agreed")
    write(text, "Uno")
    with pytest.raises(Incomplete):
        sign(text, organization, "perhaps")
    with pytest.raises(Incomplete):
        sign(text, organization, "reserve", words=" ")
    sign(text, organization, "reserve", words="Con matices.")
    sign(text, organization, "agreed", words="Con matices.")
    answer = SignOff.objects.get()
    assert (answer.stand, answer.words, answer.is_signed) == ("agreed", "", True)


def test_an_action_is_linked_to_what_it_comes_from_and_hidden_until_that_is_published():
    decision = make.decision(make.meeting(state="published"))
    plan = ActionPlan("Demo", "es", make.organization(), 2026, visibility=Visibility.PUBLIC)
    action = actions.record_action(plan, origin=decision.code, held_back=True, actor=None, now=NOW)
    assert Link.objects.get(outcome=action.code).origin_id == decision.code
    alone = actions.record_action(plan, actor=None, now=NOW)
    for held_back in (False, False, True):
        actions.hold_back_actions([decision.code], held_back=held_back)
        action.refresh_from_db()
        assert action.held_back is held_back
    alone.refresh_from_db()
    assert alone.held_back is False


def test_not_continuing_needs_a_reason_and_what_is_done_is_taken_up_before_it_is_given_up():
    action = make.action(make.organization())
    with pytest.raises(Incomplete):
        actions.update_action(action, state="dropped", words=" ", evidence="", actor=None, now=NOW)
    actions.update_action(action, state="done", words="", evidence="", actor=None, now=NOW)
    with pytest.raises(NotNow):
        actions.update_action(action, state="dropped", words="Demo", evidence="", actor=None, now=NOW)
    assert action.updates.count() == 1


def test_a_theme_is_named_once_and_retired_and_offered_in_turn():
    theme = themes.add_theme({"es": "Acceso", "pt": "Acesso"}, offered_from=DAY(2026, 1, 1), actor=None, now=NOW)
    for names in ({"es": "acceso"}, {"es": "ACCESO"}):
        with pytest.raises(Incomplete):
            themes.add_theme(names, offered_from=DAY(2026, 1, 1), actor=None, now=NOW)
    other = themes.add_theme({"es": "Acceso.", "en": ""}, offered_from=DAY(2026, 1, 1), actor=None, now=NOW)
    assert (theme.slug, other.slug) == ("acceso", "acceso-2")
    assert theme.translation_status("name", "pt") == "current"
    with pytest.raises(Incomplete):
        themes.rename_theme(other, names={"es": "Acceso"}, actor=None, now=NOW)
    with pytest.raises(NotNow):
        themes.offer_theme(theme, actor=None, now=NOW)
    themes.retire_theme(theme, last_day=DAY(2026, 2, 1), actor=None, now=NOW)
    with pytest.raises(NotNow):
        themes.retire_theme(theme, last_day=DAY(2026, 2, 1), actor=None, now=NOW)
    themes.offer_theme(theme, actor=None, now=NOW)
    assert Theme.objects.get(pk=theme.pk).retired_on is None


def test_actions_are_handed_over_only_from_their_person_and_while_unfinished():
    organization = make.organization()
    giver, receiver = make.person(), make.person()
    open_action = make.action(organization, person=giver)
    done = make.action(organization, person=giver, state="done")
    other = make.action(organization, person=make.person())
    codes = [row.code for row in (open_action, done, other)]
    assert actions.hand_over_actions(organization, codes, giver=giver, receiver=receiver) == [open_action]
    open_action.refresh_from_db()
    assert open_action.person == receiver

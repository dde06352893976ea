"""Kinds of reminder: each is declared once, by its app."""

import pytest
from django.template.loader import get_template

from core import deadlines
from core.outbox import kinds


def test_every_kind_has_its_mail_and_can_be_stopped():
    for kind in deadlines.kinds():
        assert get_template(f"{kind.template}.txt")
        assert kinds.stoppable()[kind.mail_kind] == kind.label


def test_the_names_never_change():
    """They are part of keys in the outbox and of what readers stopped."""
    assert {kind.name for kind in deadlines.kinds()} == {
        "commons.action",
        "committees.term",
        "edition_deadline",
        "elections.nomination",
        "elections.office",
        "elections.vote",
        "meetings.meeting",
        "meetings.poll",
        "meetings.sign_off",
        "priorities.milestone",
        "priorities.plan",
    }


def test_days_after_the_date_need_a_source_of_what_is_overdue():
    with pytest.raises(ValueError, match="go together"):
        deadlines.ReminderKind("demo", "Demo", "demo", (1,), ahead=lambda since, until: (), days_after=(1,))

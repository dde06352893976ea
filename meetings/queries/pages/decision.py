"""The page of a decision: what was decided, how, what it came from and what came of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst

from core import permissions
from core.records import threads
from core.templatetags.notices import below
from core.text import Shown, language_in_words, shown
from meetings.models import AgendaItem, Decision, Meeting
from meetings.states import RECORDING, HowDecided
from organizations.standing import standing_of


@dataclass(frozen=True)
class DecisionPage:
    """A decision as its reader sees it."""

    decision: Decision
    item: AgendaItem | None
    text: Shown
    is_community: bool
    origins: list[Any]
    outcomes: list[Any]
    can_record: bool
    can_propose_project: bool

    @property
    def meeting(self) -> Meeting:
        return self.decision.meeting

    @property
    def is_noted(self) -> bool:
        """Whether it was only taken note of: nothing follows, so it has no state."""
        return self.decision.how == HowDecided.NOTED

    @property
    def how(self) -> str:
        return capfirst(self.decision.get_how_display())

    @property
    def can_update_state(self) -> bool:
        return self.can_record and not self.is_noted

    @property
    def can_correct(self) -> bool:
        return self.can_record and self.meeting.state in RECORDING

    @property
    def action_address(self) -> str:
        address = reverse("meetings:action_record", args=[self.meeting.code])
        return f"{address}?decision={self.decision.code}"

    @property
    def project_address(self) -> str:
        """Where a common project can be proposed from it; empty where the reader cannot."""
        if not self.can_propose_project:
            return ""
        theme = {"theme": self.decision.theme.slug} if self.decision.theme else {}
        return reverse("priorities:project_propose") + "?" + urlencode({"from": self.decision.code} | theme)

    @property
    def objections(self) -> str:
        return self.decision.objections if self.is_community else ""

    @property
    def official_language(self) -> str:
        return capfirst(language_in_words(self.decision.source_language))

    @property
    def audience(self) -> str:
        """Who sees the page; empty for the public."""
        return self.decision.get_visibility_display() if self.is_community else ""


def decision_page(decision: Decision, user: Any, now: datetime.datetime) -> DecisionPage:
    """The page for its reader."""
    came = threads.what_came_of([decision.code], user, now)
    return DecisionPage(
        decision=decision,
        item=AgendaItem.objects.visible_to(user, now).filter(pk=decision.item_id).first(),
        text=shown(decision, "text"),
        is_community=standing_of(user, now).is_community,
        origins=below(threads.where_from(decision.code, user, now)),
        outcomes=below(came[0] if came else None),
        can_record=permissions.has_perm(user, "meetings.record_decision", decision),
        can_propose_project=permissions.has_perm(user, "priorities.propose_project"),
    )

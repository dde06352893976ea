"""An open cycle, two member organisations and everybody with a role in them."""

import datetime

from organizations.states import Role
from priorities.services.drafts import add_draft
from priorities.services.plans import begin_plan, submit_plan
from tests import factories as make

#: Ten days after the factory's cycle opens, twenty before it closes.
NOW = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def full(theme, **changes):
    """All that a card needs."""
    return {
        "title": "Formar a operadores",
        "why": "Porque faltan manos",
        "action": "Un taller en mayo",
        "theme": theme,
        "visibility": "public",
        "language": "es",
    } | changes


class World:
    """`ours` is the organisation in question; `other` another member."""

    def __init__(self, cycle=None):
        self.ours, self.other = make.organization("OURS"), make.organization("THEIRS")
        self.cycle = cycle or make.cycle(2026, NOW)
        self.theme = make.theme()
        self.delegate = make.delegate(self.ours)
        self.lead = make.holder(Role.LEAD, self.ours)
        self.alternate = make.holder(Role.ALTERNATE, self.ours)
        self.editor = make.holder(Role.EDITOR, self.ours)
        self.member = make.holder(Role.MEMBER, self.ours)
        self.peer = make.delegate(self.other)
        self.team = make.coordination()
        self.administrator = make.administrator()

    def begin(self, organization=None):
        return begin_plan(self.cycle, organization=organization or self.ours, actor=self.delegate, now=NOW)

    def card(self, plan, **changes):
        return add_draft(plan, actor=self.editor, now=NOW, **full(self.theme, **changes))

    def submitted(self, *cards, now=NOW, organization=None):
        """A submitted plan with these cards (default: one)."""
        plan = self.begin(organization)
        for changes in cards or ({},):
            self.card(plan, **changes)
        submit_plan(plan, actor=self.delegate, now=now)
        plan.refresh_from_db()
        return plan

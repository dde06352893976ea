"""One hidden row of every model that has an audience, and who may read it: the table that test_leaks holds against the
portal. A model with a `visibility`, or with a `visible_to`, that is on neither list fails the suite."""

import datetime

from core import clock
from core.records.models import LinkKind
from core.records.registry import kinds
from core.records.services import link, touch
from meetings.models import AgendaItem, Minutes
from organizations.states import OrganizationKind, Role
from priorities.models import CycleQuestion, PlanAnswer, PriorityDraft, ProgressUpdate
from tests import factories as make
from tests.project.test_routes import World

#: Nobody of these is of a member organisation today.
STRANGERS = frozenset({"visitor", "no role", "administrator", "observer", "gone"})
COMMUNITY = frozenset({"outsider", "member", "editor", "delegate", "lead", "coordination", "owner"})
READERS = STRANGERS | COMMUNITY
TEAM, OWNER = frozenset({"coordination"}), frozenset({"owner"})

#: These are public whatever they hold: `visible_to` gives every row to everybody.
OPEN = {
    "organizations.Organization",
    "commons.Theme",
    "spaces.Space",
    "spaces.Edition",
    "spaces.EditionDeadline",
    "committees.Committee",
    "committees.Term",
    "engagement.TrainingProgramme",
}
#: What is hidden here is a name that stands on public pages anyway; its own test says who reads it where.
ELSEWHERE = {"priorities.Participant": "tests/priorities/test_projects.py"}


class Hidden:
    """A row: the words that would show, who may read them, the page on which they do, the row's code if it has one."""

    def __init__(self, label, words, may, page, code=""):
        self.label, self.words, self.may, self.page, self.code = label, words, may, page, code


class HiddenWorld(World):
    """The world of the routes, in which every public record has something hidden beside it."""

    def __init__(self):
        super().__init__()
        self.now, self.hidden = clock.now(), []
        self.owner, before = make.organization("DEMO-C"), datetime.date(self.now.year - 1, 12, 31)
        observer = make.organization("DEMO-O", kind=OrganizationKind.OBSERVER)
        self.people |= {
            "no role": make.user(),
            "observer": make.delegate(observer),
            "owner": make.delegate(self.owner),
            "member": make.holder(Role.MEMBER, self.people["outsider"].person.mandates.get().organization),
            "gone": make.holder(Role.DELEGATE, self.owner, ends_on=before),
        }
        make.term(self.committee.seats.get(), self.organization)
        for _n in range(3):
            make.decision(self.meeting)  # the codes that forms give as an example are of public records
        for room in (self.plans, self.meetings, self.deeds, self.sayings):
            room()
        for kind in kinds().values():
            for code in kind.model().objects.values_list("code", flat=True):
                touch(code)
        for one in self.hidden:
            if one.code:
                link(self.priority.code, one.code, self.now, LinkKind.RESULT_OF)

    def hide(self, may, made, page="", is_known=False):
        """Keep a row that `made(words)` gives. Where `is_known`, the record itself is public and some words of it are
        not: then its code is no secret."""
        words = f"Demo oculto-{len(self.hidden) + 1}x"
        row = made(words)
        code = "" if is_known else getattr(row, "code", "")
        self.hidden.append(Hidden(row._meta.label, words, may, page or row.get_absolute_url(), code))

    def plans(self):
        ours, owner, past = self.organization, self.owner, self.filed.cycle
        plan = make.plan(past, owner, state="closed")
        self.hide(COMMUNITY, lambda words: make.priority(plan, words, "community", theme=self.theme))
        self.hide(OWNER, lambda words: make.priority(plan, words, "public", left_out_at=self.now))
        draft = make.plan(self.cycle, owner)
        page = draft.get_absolute_url() + "draft/"
        self.hide(
            OWNER,
            lambda words: PriorityDraft.objects.create(
                plan=draft, title=words, visibility="public", edited_at=self.now
            ),
            page,
        )
        third = make.organization("DEMO-D")
        self.hide(
            COMMUNITY,
            lambda words: make.plan(past, third, state="closed", none_this_year=True, none_reason=words),
            is_known=True,
        )
        self.hide(TEAM, lambda words: make.plan(self.cycle, third, entered_from=words))
        following = make.cycle(2027, now=self.now, state="draft")
        self.hide(
            TEAM,
            lambda words: CycleQuestion.objects.create(cycle=following, number=1, text_es=words).cycle,
            f"/es/priorities/{following.year}/dashboard/",
        )
        self.hide(COMMUNITY, lambda words: make.project(owner, ours, title_es=words, visibility="community"))
        self.hide(COMMUNITY, lambda words: make.project(owner, state="proposed", title_es=words))
        self.hide(
            COMMUNITY, lambda words: make.project(owner, ours, year=2025, state="paused", reason=words), is_known=True
        )
        self.hide(COMMUNITY, lambda words: make.threat(past, owner, title_es=words))
        self.hide(COMMUNITY, lambda words: make.threat(past, title_es=words, state="set_aside", reason="Demo"))
        self.hide(OWNER, lambda words: make.threat(past, owner, title_es=words, state="withdrawn"))
        for may, fields in (
            (COMMUNITY, {"organization": owner, "visibility": "community", "year": 2025}),
            (OWNER, {"organization": owner, "state": "draft"}),
            (TEAM, {"state": "draft", "year": 2023}),
        ):
            self.hide(may, lambda words, fields=fields: make.assessment(title_es=words, worked=words, **fields))

    def meetings(self):
        for may, fields in (
            (COMMUNITY, {"visibility": "community"}),
            (COMMUNITY, {"visibility": "community", "state": "published"}),
            (TEAM, {"visibility": "private"}),
            (TEAM, {"state": "planned"}),
        ):
            self.hide(may, lambda words, fields=fields: make.meeting(title_es=words, **fields))
        address = self.meeting.get_absolute_url()
        for place, (may, visibility) in enumerate(((COMMUNITY, "community"), (TEAM, "private")), 2):
            self.hide(
                may,
                lambda words, place=place, visibility=visibility: AgendaItem.objects.create(
                    meeting=self.meeting, position=place, title_es=words, visibility=visibility
                ),
                address,
            )
        later = self.now + datetime.timedelta(days=3)
        for may, fields in (
            (COMMUNITY, {"visibility": "community"}),
            (OWNER | TEAM, {"visibility": "public", "embargo_until": later}),
        ):
            self.hide(may, lambda words, fields=fields: self._paper(words, **fields), address)
            self.hide(may, lambda words, fields=fields: self._paper(words, **fields).file, address)
        signing = make.meeting(state="held", title_es="Demo: en firma")
        self.hide(COMMUNITY, lambda words: make.communique(signing, self.now, body=words))
        self._written(self.meeting, proposal_minutes=10)
        self.hide(
            OWNER | TEAM,
            lambda words: self.meeting.proposals.create(
                organization=self.owner, title=words, minutes=5, proposed_at=self.now
            ),
            address,
        )
        for may, visibility in ((COMMUNITY, "community"), (TEAM, "private")):
            self.hide(
                may,
                lambda words, visibility=visibility: make.decision(self.meeting, words, visibility, theme=self.theme),
            )
        begun = make.meeting(state="held", title_es="Demo: terminada")
        self.hide(COMMUNITY, lambda words: make.decision(begun, words))
        poll = self.polled.polls.get()
        self.hide(COMMUNITY, lambda words: self._written(poll, note=words))
        self.hide(COMMUNITY, lambda words: self._minuted(self.minutes_part, words), f"{address}minutes/")
        closed = self.meeting.minutes.parts.create(item=self.item, handling="restricted")
        self.hide(TEAM, lambda words: self._minuted(closed, words), f"{address}minutes/")
        draft = Minutes.objects.create(meeting=begun, state="draft", begun_at=self.now)
        self.hide(TEAM, lambda words: self._minuted(draft.parts.create(item=None), words).minutes)

    def _paper(self, words, **fields):
        paper = make.paper(self.item, self.now, title=words, **fields)
        type(paper.file).objects.filter(pk=paper.file_id).update(organization=self.owner)
        return paper

    def _written(self, row, **fields):
        for name, words in fields.items():
            setattr(row, name, words)
        row.save()
        return row

    def _minuted(self, part, words):
        part.revisions.create(number=1, body=words, written_at=self.now)
        return part

    def deeds(self):
        owner, today = self.owner, self.now.date()
        self.hide(COMMUNITY, lambda words: make.action(owner, visibility="community", title_es=words, due_on=today))
        self.hide(COMMUNITY, lambda words: make.action(owner, title_es=words, due_on=today, held_back=True))
        self.hide(OWNER | TEAM, lambda words: make.action(owner, visibility="private", title_es=words, due_on=today))
        for may, fields in (
            (COMMUNITY, {"visibility": "community"}),
            (COMMUNITY, {"state": "planned"}),
            (OWNER, {"visibility": "private"}),
        ):
            self.hide(
                may, lambda words, fields=fields: make.participation(self.edition, owner, title_es=words, **fields)
            )
        officer = self.people["coordination"].person
        for may, fields in ((COMMUNITY, {"visibility": "community"}), (TEAM, {"state": "draft"})):
            self.hide(
                may,
                lambda words, fields=fields: make.election(self.committee, officer, self.now, title_es=words, **fields),
            )
        for made, more in ((make.visit, {}), (make.training, {"programme": self.programme})):
            for may, fields in (
                (COMMUNITY, {"visibility": "community"}),
                (COMMUNITY, {"state": "planned"}),
                (OWNER | TEAM, {"visibility": "private"}),
            ):
                self.hide(
                    may, lambda words, made=made, fields=fields | more: self._hosted(made(title_es=words, **fields))
                )
        self.hide(COMMUNITY, lambda words: make.regulation(title_es=words, visibility="community"))

    def _hosted(self, row):
        row.hosts.add(self.owner)
        return row

    def sayings(self):
        """Words about public records that are for the organisations alone; their models have no audience of their own."""
        self.hide(
            COMMUNITY,
            lambda words: ProgressUpdate.objects.create(
                code=self.priority.code, organization=self.organization, health="at_risk", words=words, at=self.now
            ),
            self.priority.get_absolute_url(),
            is_known=True,
        )
        question = CycleQuestion.objects.create(cycle=self.filed.cycle, number=1, text_es="Demo: ¿qué ofrece?")
        self.hide(
            COMMUNITY,
            lambda words: PlanAnswer.objects.create(plan=self.filed, question=question, submitted=words),
            self.filed.get_absolute_url(),
        )
        self.hide(COMMUNITY, lambda words: self._written(self.regulation, impact=words), is_known=True)
        self.hide(COMMUNITY, lambda words: self._written(self.activity, purpose=words), is_known=True)

"""What everybody reads: the list, a meeting, its calendar entry."""

import itertools
from collections import Counter

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.views.generic import View

from commons.models import ActionItem
from core import clock
from core.generic import RecordView, RowsView, VisibleMixin
from core.icalendar import build
from core.icalendar.http import answer
from core.records import threads
from core.templatetags.notices import below
from core.text import TextStatus, shown
from meetings.deadlines import begins_at
from meetings.documents import entry_of, programme, signatures
from meetings.forms import MeetingFilter
from meetings.models import AgendaItem, Decision, ItemProposal, Meeting, Minutes, Paper
from meetings.services.calling import ANSWERS
from meetings.services.outcome import what_is_missing
from meetings.states import MOVABLE, RECORDING, MeetingState, Presence, Subject
from organizations.standing import standing_of


class MeetingList(RowsView):
    """Meetings by year, newest first; `?year=` and `?kind=` narrow it."""

    model = Meeting
    template_name = "meetings/meeting_list.html"
    extra_context = {"section": "meetings"}

    def get_queryset(self):
        rows = super().get_queryset()
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        self.filter = MeetingFilter(self.request.GET or None, years=years)
        if self.filter.is_bound and self.filter.is_valid():
            chosen = {name: value for name, value in self.filter.cleaned_data.items() if value}
            rows = rows.filter(**chosen)
        return rows.with_decision_count(self.request.user, self.now).newest_first()

    def get_context_data(self, **kwargs):
        chosen = [name for name in self.filter.fields if self.request.GET.get(name)]
        return super().get_context_data(filter=self.filter, is_filtered=bool(chosen), **kwargs)


class MeetingDetail(RecordView):
    """A meeting: when and where, agenda, who was there, what was decided and what came of it, the outcome."""

    model = Meeting
    context_object_name = "meeting"
    template_name = "meetings/meeting_detail.html"

    def get_queryset(self):
        return super().get_queryset().with_outcome()

    def get_context_data(self, **kwargs):
        user, now, meeting = self.request.user, self.now, self.object
        standing = standing_of(user, now)
        items = list(AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order())
        with_papers(meeting, items, user, now)
        decisions = list(Decision.objects.visible_to(user, now).filter(meeting=meeting).by_number())
        nodes = {
            node.code: node
            for node in threads.what_came_of([meeting.code, *[decision.code for decision in decisions]], user, now)
        }
        for decision in decisions:
            decision.came = below(nodes.get(decision.code))
        own = below(nodes.get(meeting.code))
        came = [node for group in (own, *[decision.came for decision in decisions]) for node in group]
        context = {
            "section": "meetings",
            "community": standing.is_community,
            "now": now,
            "programme": programme(meeting, items),
            "attendance": attendance_of(meeting, standing.is_community),
            "decisions": decisions,
            "came": own,
            "actions": self._actions(came),
            "open_actions": self._open_actions(items, standing, today_in(meeting, now)),
            "year_before": meeting.year - 1,
            "invitation": self._invitation(),
            "answers": ANSWERS,
            "outcome": outcome_of(meeting, standing.is_community, now),
            "accounts": list(meeting.accounts.select_related("organization")),
            "minutes": Minutes.objects.visible_to(user, now).filter(meeting=meeting).first(),
            "on_calendars": entry_of(meeting, get_language()) is not None,
            "is_ahead": meeting.state in MOVABLE,
            "has_begun": meeting.starts_on is not None and meeting.starts_on <= today_in(meeting, now),
            "is_recording": meeting.state in RECORDING,
            "is_over": meeting.state in (MeetingState.HELD, MeetingState.PUBLISHED),
        }
        if standing.is_community and meeting.proposal_minutes:
            context["proposals"] = ItemProposal.objects.visible_to(user, now).filter(meeting=meeting)
        if standing.is_coordination:
            context["missing"] = what_is_missing(meeting) if meeting.state == MeetingState.HELD else {}
            said = Counter(meeting.invitations.values_list("answer", flat=True))
            context["called"] = sum(said.values())
            context["said"] = [(Presence(value).label, said[value]) for value in ANSWERS if said[value]]
            context["poll"] = meeting.polls.filter(state="open").first()
        return super().get_context_data(**context, **kwargs)

    def _invitation(self):
        """The reader's own call to a meeting that has not begun, where they were called."""
        user, meeting = self.request.user, self.object
        if not user.is_authenticated or meeting.state != MeetingState.CONVENED or begins_at(meeting) <= self.now:
            return None
        return meeting.invitations.filter(address=user.email).first()

    def _open_actions(self, items, standing, today):
        """What was undertaken earlier and is open, overdue first, where the agenda treats it: it carries itself over.
        None where it is not treated, and once the meeting is over: what is open now is not what it had before it."""
        treats = any(item.subject == Subject.ACTIONS for item in items)
        if not standing.is_community or not treats or self.object.state not in MOVABLE | RECORDING:
            return None
        found = ActionItem.objects.visible_to(self.request.user, self.now).unfinished()
        rows = list(found.filter(code__lt=f"CASA-{self.object.year + 1}").with_people().overdue_first()[:50])
        for row in rows:
            row.is_late = row.is_overdue_on(today)
        return rows

    def _actions(self, nodes):
        codes = sorted({node.code for node in nodes if node.row.kind.code == "ACT"})
        if not codes:
            return []
        rows = ActionItem.objects.visible_to(self.request.user, self.now).filter(code__in=codes)
        return rows.with_people().overdue_first()


class MeetingCalendar(VisibleMixin, View):
    """The meeting as a file for a calendar program: as in feeds, so with no METHOD and nobody's name."""

    model = Meeting

    def get(self, request, *args, **kwargs):
        entry = entry_of(self.object, get_language())
        if entry is None:
            raise Http404
        name = shown(self.object, "title").value or self.object.code
        body = build.feed([entry], name, get_language())
        public = not request.user.is_authenticated
        return answer(request, body, entry.revised_at, f"{self.object.code}.ics", public=public)


def with_papers(meeting, items, user, now):
    """Give each point the papers this reader may read, as `seen_papers`. One query."""
    papers = Paper.objects.visible_to(user, now).by_item(meeting)
    for item in items:
        item.seen_papers = papers.get(item.pk, [])


def attendance_of(meeting, community):
    """[{presence, organizations, people}] by way of taking part; the public reads only names that are public.

    Organisations by order of joining. One query.
    """
    rows = meeting.attendances.select_related("organization", "person").order_by(
        "organization__position", "organization__acronym", "person__name"
    )
    found = {presence: {"presence": presence, "organizations": [], "people": []} for presence in Presence}
    for row in rows:
        group = found[Presence(row.presence)]
        if row.organization not in group["organizations"]:
            group["organizations"].append(row.organization)
        if row.person is not None and (community or row.person.is_public):
            group["people"].append(row.person)
    return [group for group in found.values() if group["organizations"]]


def outcome_of(meeting, community, now):
    """The outcome as this reader may see it: {text, shown, status, versions, corrections, signatures}; None where there
    is none.

    The public reads it once published, which at the hour of a signed communiqué it is; the organisations read the draft
    too.
    """
    communique = getattr(meeting, "communique", None)
    is_out = meeting.is_out(now)
    if meeting.outcome is None or not (is_out or community):
        return None
    text, latest = meeting.outcome, meeting.outcome.latest()
    words = text.shown()
    languages = [
        {"code": code, "status": TextStatus(text.status(code)), "version": latest.get(code)}
        for code in settings.CONTENT_LANGUAGES
    ]
    languages.sort(key=lambda row: row["status"] != TextStatus.OFFICIAL)
    return {
        "text": text,
        "shown": words,
        "wanted_missing": words.is_other_language,
        "status": TextStatus(text.status(words.language)),
        "version": latest.get(words.language),
        "languages": languages,
        "is_draft": not is_out,
        "communique": communique,
        "signatures": signatures(communique, now) if communique is not None and is_out else None,
        "corrections": corrections(meeting),
    }


def corrections(meeting):
    """[(later, earlier)] versions of the official text after its publication, newest first: each a dated correction."""
    if not meeting.published_at or meeting.outcome is None:
        return []
    official = [
        version
        for version in (meeting.outcome.all_versions if hasattr(meeting.outcome, "all_versions") else ())
        if version.language == meeting.outcome.authoritative_language
    ]
    pairs = itertools.pairwise(official)
    return [(later, earlier) for earlier, later in pairs if later.written_at > meeting.published_at][::-1]


def today_in(meeting, now):
    """The calendar day where the meeting takes place."""
    return clock.today(now, meeting.zone)

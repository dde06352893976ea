"""The room as the wall and the phones show it: one reading for all, a handful of queries however many are there."""

from dataclasses import dataclass

from core import clock
from meetings.documents.meetings import programme
from meetings.models import AgendaItem, Paper, Question, Room
from meetings.states import STANDS, QuestionKind, Stand
from organizations.models import Organization


@dataclass(frozen=True)
class Tally:
    """One possible answer: who gave it, with their reasons, as QuestionAnswers."""

    stand: Stand
    rows: list

    @property
    def label(self):
        return self.stand.label


@dataclass(frozen=True)
class Asking:
    """What is asked now, or was asked last: `silent` are organisations present that have not answered."""

    question: Question
    tallies: list
    silent: list
    mine: dict


@dataclass(frozen=True)
class Scene:
    """`present` are Stays, `absent` Organizations; `left` are the minutes left for the item, negative when over."""

    room: Room
    item: AgendaItem | None
    following: AgendaItem | None
    previous: AgendaItem | None
    left: int | None
    present: list
    absent: list
    #: Organisations that were here and are no more; who is absent and not among them has not come yet.
    gone: frozenset
    asking: Asking | None

    @property
    def waiting(self):
        """Organisations that have not come yet."""
        return [one for one in self.absent if one.pk not in self.gone]

    @property
    def left_again(self):
        """Organisations that were here and are no more."""
        return [one for one in self.absent if one.pk in self.gone]

    @property
    def has_quorum(self):
        return len(self.present) >= self.room.quorum

    @property
    def over(self):
        return -self.left if self.left is not None and self.left < 0 else 0


def read_room(meeting, user, now):
    """The Scene of a meeting in session, with the points of the agenda that this reader may know of."""
    day = clock.today(now, meeting.zone)
    members = list(Organization.objects.members_on(day).in_order())
    room = Room.objects.filter(meeting=meeting).first() or Room(meeting=meeting, quorum=len(members) // 2 + 1)
    found = AgendaItem.objects.visible_to(user, now).filter(meeting=meeting).in_order()
    items = [line.item for day in programme(meeting, found) for line in day.lines]
    place = next((n for n, item in enumerate(items) if item.pk == room.item_id), None)
    item = items[place] if place is not None else None
    following = items[0 if place is None else place + 1 :][:1] if room.item_id is None or item else []
    if item is not None:
        item.seen_papers = list(Paper.objects.visible_to(user, now).filter(item=item).order_by("pk"))
    left = item and item.minutes - int((now - room.item_since).total_seconds() // 60)
    stays = list(meeting.stays.select_related("organization"))
    present = [stay for stay in stays if stay.left_at is None]
    inside = {stay.organization_id for stay in present}
    return Scene(
        room, item, following[0] if following else None, items[place - 1] if place else None, left, present,
        [one for one in members if one.pk not in inside],
        frozenset(stay.organization_id for stay in stays) - inside, _asking(meeting, room, present),
    )  # fmt: skip


def _asking(meeting, room, present):
    """The open question, else the last one about what is treated now that no decision has come of yet."""
    rows = meeting.questions.filter(decision=None).prefetch_related("answers__organization")
    question = rows.filter(closed_at=None).first() or rows.filter(item=room.item_id).first()
    if question is None:
        return None
    said = sorted(question.answers.all(), key=lambda row: (row.organization.position, row.pk))
    tallies = [
        Tally(stand, [row for row in said if row.stand == stand]) for stand in STANDS[QuestionKind(question.kind)]
    ]
    answered = {row.organization_id: row for row in said}
    silent = [stay.organization for stay in present if stay.organization_id not in answered]
    return Asking(question, tallies, silent, answered)

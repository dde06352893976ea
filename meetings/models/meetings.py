"""Meetings, their agenda, attendance, decisions and outcome."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commons.models import File, Text, Theme
from core.clock import ZoneField
from core.dates import Precision
from core.records.models import Citable
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from core.visibility import Visibility, VisibleModel
from meetings.querysets import (
    AgendaItemQuerySet,
    DecisionQuerySet,
    ItemProposalQuerySet,
    MeetingQuerySet,
    PaperQuerySet,
)
from meetings.states import (
    DecisionState,
    HowDecided,
    ItemKind,
    MeetingKind,
    MeetingState,
    Mode,
    Presence,
    ProposalState,
    Subject,
)
from organizations.models import Organization, Person
from spaces.models import Space


def new_uid():
    return str(uuid.uuid4())


class MeetingRoom(models.Model):
    """A physical room in which meetings take place, known by its name; booking it locks its row."""

    name = models.CharField(_("room"), max_length=80, unique=True)

    def __str__(self):
        return self.name


class Meeting(Citable, TranslatedModel, SourcedModel, VisibleModel):
    """A gathering of the organisations. Its calendar identity (`uid`) is set once and never changes."""

    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(help_text="when what calendars show last changed: DTSTAMP in feeds")
    kind = models.CharField(_("kind"), max_length=12, choices=MeetingKind, default=MeetingKind.COORDINATION)
    year = models.PositiveSmallIntegerField(_("year"))
    title = translated(models.CharField(_("title"), max_length=200))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True, help_text=_("Where the hour is known."))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    zone = ZoneField(default="America/Montevideo")
    place = models.CharField(_("place"), max_length=200, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)
    link = models.URLField(_("address for remote participation"), blank=True)
    room = models.ForeignKey(
        MeetingRoom, verbose_name=_("room"), null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    #: For parts that meet at the same time or on another day.
    additional_rooms = models.ManyToManyField(
        MeetingRoom, verbose_name=_("further rooms"), blank=True, related_name="additional_meetings"
    )
    #: Content languages into which it is interpreted.
    interpretation = models.JSONField(_("interpretation"), default=list, blank=True)
    #: Minutes of the agenda that each organisation may propose; 0: proposals are closed.
    proposal_minutes = models.PositiveSmallIntegerField(_("minutes to propose"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    outcome = models.OneToOneField(Text, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting")
    convened_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(_("reason for cancelling"), max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="meeting_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meeting_hours_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.code])

    @property
    def is_published(self):
        return self.state == MeetingState.PUBLISHED

    @property
    def is_published_for_everybody(self):
        """Whether its outcome is published for visitors too: what follows from it waits for that."""
        return self.is_published and self.visibility == Visibility.PUBLIC

    def is_published_at(self, now):
        """Whether its outcome is published at an instant: by hand, or because the time of a signed communiqué has come.

        No query where `communique` was selected with it.
        """
        communique = getattr(self, "communique", None)
        return self.is_published or (communique is not None and communique.is_published_at(now))

    @property
    def has_hours(self):
        return self.starts_at is not None

    @property
    def location(self):
        """Its place and its room in one line."""
        return ", ".join(filter(None, (self.place, self.room.name if self.room_id else "")))

    @property
    def additional_room_names(self):
        """The names of its additional rooms, sorted. One query, or none where they were prefetched."""
        return sorted(room.name for room in self.additional_rooms.all())

    @property
    def days(self):
        """Every day of the meeting, at most a year of them; empty where its dates are not known to the day."""
        if self.starts_on is None or self.date_precision != Precision.DAY:
            return []
        last = self.ends_on or self.starts_on
        length = min((last - self.starts_on).days, 366)
        return [self.starts_on + datetime.timedelta(days=n) for n in range(length + 1)]


class Invitation(models.Model):
    """Somebody was invited to a meeting; everybody on this list is also notified when it moves or is cancelled."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations")
    name = models.CharField(max_length=120, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=8)
    zone = ZoneField()
    invited_at = models.DateTimeField()
    #: How they will attend, or that they will not. Cleared when the meeting moves.
    answer = models.CharField(_("answer"), max_length=10, choices=Presence, blank=True, default=Presence.UNSTATED)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "address"], name="invitation_once")]

    def __str__(self):
        return f"{self.meeting_id} {self.address}"

    @property
    def is_guest(self):
        """Whether they were invited by name, for no member organisation: they see what their own link shows."""
        return self.organization_id is None


class AgendaItem(TranslatedModel, VisibleModel):
    """An agenda item: the agenda is one flat ordered list, and each item has its duration in minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("order"))
    title = translated(models.CharField(_("title"), max_length=240))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind, default=ItemKind.DISCUSSION)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"), default=15)
    day = models.DateField(_("day"), null=True, blank=True, help_text=_("Where the meeting lasts several days."))
    begins_at = models.TimeField(
        _("begins at"),
        null=True,
        blank=True,
        help_text=_("Only if it must begin at a set time; otherwise it follows the item before it."),
    )
    presenter = models.ForeignKey(
        Organization, verbose_name=_("presented by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note"), blank=True, max_length=4000)
    room = models.ForeignKey(
        MeetingRoom, verbose_name=_("room"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(_("treats"), max_length=8, choices=Subject, blank=True, default=Subject.NONE)

    #: The papers that the reader of a page can see; set by the page.
    seen_papers: "list[Paper]"

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        # SQLite and PostgreSQL sort an empty day at opposite ends by default.
        ordering = [F("day").asc(nulls_first=True), "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="agenda_item_minutes_in_range")
        ]

    def __str__(self):
        return self.title


class Paper(models.Model):
    """A file attached to an agenda item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="paper")

    objects = PaperQuerySet.as_manager()

    def __str__(self):
        return str(self.file)


class ItemProposal(models.Model):
    """An agenda item that an organisation proposes, within the minutes each of them has, and how it was answered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=240)
    language = models.CharField(max_length=2, default="es")
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind, default=ItemKind.DISCUSSION)
    minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    why = models.TextField(_("why it should be treated"), blank=True, max_length=1000)
    state = models.CharField(_("state"), max_length=9, choices=ProposalState, default=ProposalState.PROPOSED)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    item = models.OneToOneField(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")
    author = models.CharField(max_length=36, blank=True, help_text="opaque key, as in the journal")
    proposed_at = models.DateTimeField()

    objects = ItemProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """An organisation took part in a meeting; one more row for each of its people who is named."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(_("how"), max_length=10, choices=Presence, blank=True, default=Presence.UNSTATED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organization", "person"], name="attendance_of_person_once"),
            models.UniqueConstraint(
                fields=["meeting", "organization"], condition=Q(person=None), name="attendance_of_organization_once"
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.presence}"


class Decision(Citable, TranslatedModel, SourcedModel, VisibleModel):
    """What a meeting decided or committed to; its state says whether it was carried out."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    number = models.PositiveSmallIntegerField(default=1)
    title = translated(models.CharField(_("decision"), max_length=240))
    text = translated(models.TextField(_("text"), max_length=4000))
    how = models.CharField(
        _("how it was decided"), max_length=12, choices=HowDecided, blank=True, default=HowDecided.UNSTATED
    )
    objections = models.TextField(_("objections, with reasons"), blank=True, max_length=2000)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    spaces = models.ManyToManyField(Space, blank=True, related_name="decisions", verbose_name=_("spaces"))
    state = models.CharField(_("state"), max_length=14, choices=DecisionState, default=DecisionState.RECORDED)
    state_reason = models.CharField(_("reason"), max_length=400, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("meetings:decision_detail", args=[self.code])

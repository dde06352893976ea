"""Bodies on which the community sits, their seats and terms."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.querysets import CommitteeQuerySet, SeatQuerySet, TermQuerySet
from committees.states import EndReason, FilledBy
from commons.models import Sector
from core.dates import Precision
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from organizations.models import Organization, Person
from spaces.models import Space


class Committee(TranslatedModel, SourcedModel):
    """A body on which the technical community sits."""

    slug = models.SlugField(max_length=60, unique=True)
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    name = translated(models.CharField(_("name"), max_length=200))
    description = translated(models.TextField(_("description")))
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="committees")
    site = models.URLField(_("site"), blank=True)
    term_years = models.PositiveSmallIntegerField(
        _("length of a term in years"), null=True, blank=True, help_text=_("Leave empty if not known.")
    )
    holders_known = models.BooleanField(
        _("holders are published"), default=True, help_text=_("If not, an empty seat does not mean a vacant one.")
    )
    note = translated(models.TextField(_("note on the seats")))
    position = models.PositiveSmallIntegerField(default=99)

    objects = CommitteeQuerySet.as_manager()

    def __str__(self):
        return self.acronym or self.name

    def get_absolute_url(self):
        return reverse("committees:committee_detail", args=[self.slug])


class Seat(models.Model):
    """A place of a sector on a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="seats")
    ordinal = models.PositiveSmallIntegerField()
    filled_by = models.CharField(_("filled by"), max_length=12, choices=FilledBy, default=FilledBy.ELECTION)

    objects = SeatQuerySet.as_manager()

    #: Its terms, the newest first, where SeatQuerySet.with_terms has read them.
    held: list["Term"]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "sector", "ordinal"], name="seat_once")]

    def __str__(self):
        return f"{self.committee} {self.ordinal}"


class Term(SourcedModel):
    """A person holds a seat, for the organisation they belonged to *at the time*."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="terms")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField(_("from"))
    start_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    planned_end = models.DateField(_("planned end"), null=True, blank=True, help_text=_("Leave empty if not known."))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    chosen_in = models.CharField(
        _("chosen in"), max_length=24, blank=True, help_text=_("Code of the meeting or election that chose.")
    )
    note = translated(models.TextField(_("note")))

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="term_in_order"),
            models.UniqueConstraint(fields=["seat"], condition=Q(ended_on=None), name="seat_held_once"),
        ]

    def __str__(self):
        return f"{self.person} {self.seat}"

    def runs_on(self, day):
        """Whether it is held on a day, as TermQuerySet.on reckons: without a known end it runs until one is recorded."""
        if self.starts_on > day:
            return False
        if self.ended_on is not None:
            return self.ended_on >= day
        return self.planned_end is None or self.planned_end >= day

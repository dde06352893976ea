"""Elections and the rules they are held by."""

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Seat
from commons.models import Sector
from core.clock import ZoneField
from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from elections.counting.core import KEYS, PLURALITY, RANKED, YES_NO
from elections.querysets import ElectionQuerySet
from elections.states import (
    CANDIDATES_KNOWN,
    NOMINATING,
    RESULT_KNOWN,
    ElectionState,
    IfFew,
    Method,
    Secrecy,
    TieBreak,
    Vacancy,
)
from organizations.models import Person

ONE_MINUTE = datetime.timedelta(minutes=1)


class Election(Citable, TranslatedModel, VisibleModel):
    """The community chooses who holds some seats of a body, by rules that were fixed before the call."""

    year = models.PositiveSmallIntegerField(editable=False)
    title = translated(models.CharField(_("title"), max_length=200))
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="elections")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="elections")
    places = models.ManyToManyField(Seat, verbose_name=_("seats to fill"), related_name="elections")
    officer = models.ForeignKey(
        Person, verbose_name=_("election officer"), on_delete=models.PROTECT, related_name="elections_run"
    )
    state = models.CharField(_("state"), max_length=22, choices=ElectionState, default=ElectionState.DRAFT)
    method = models.CharField(_("method"), max_length=20, choices=Method, default=Method.PLURALITY)
    secrecy = models.CharField(_("secrecy"), max_length=13, choices=Secrecy, default=Secrecy.OPEN)
    #: An elector requested it, and nobody learns who.
    made_secret = models.BooleanField(default=False, editable=False)
    #: Organisations of unlike weight; else each has one vote.
    is_weighted = models.BooleanField(_("votes of unlike weight"), default=False)
    if_few = models.CharField(
        _("with no more candidates than seats"), max_length=12, choices=IfFew, default=IfFew.ACCLAMATION
    )
    tie_break = models.CharField(_("lots"), max_length=14, choices=TieBreak, default=TieBreak.DRAW)
    #: Which public value: where it is published and of which day, known to nobody before closing.
    lot_source = models.CharField(_("public value"), max_length=300, blank=True)
    #: Only for plurality; empty where the ballot is an order or has no limit.
    max_marks = models.PositiveSmallIntegerField(_("marks on a ballot, at most"), null=True, blank=True)
    #: Of one organisation at most so many sit in the body, counting those who stay.
    cap = models.PositiveSmallIntegerField(_("of one organisation, at most"), null=True, blank=True)
    threshold = models.PositiveSmallIntegerField(_("least share of the votes, in percent"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    nominations_open = models.DateTimeField(_("nominations open"))
    nominations_close = models.DateTimeField(_("nominations close"))
    opens_at = models.DateTimeField(_("voting opens"))
    closes_at = models.DateTimeField(_("voting closes"))
    zone = ZoneField(default="America/Montevideo")
    term_starts_on = models.DateField(_("terms start"), null=True, blank=True)
    term_ends_on = models.DateField(_("planned end of the terms"), null=True, blank=True)
    #: How long claims are taken on the roll, the candidates and the result; empty: no fixed time.
    claims_hours = models.PositiveSmallIntegerField(_("hours for claims"), null=True, blank=True)
    vacancy = models.CharField(_("if a seat falls vacant"), max_length=12, choices=Vacancy, default=Vacancy.BY_ELECTION)
    #: Planned ends as ISO dates, of the first elected, the second, and so on; empty where all end together.
    term_ends_by_rank = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=dict, editable=False)
    #: Fixed when voting opens: what the ballots are, and who counts into which group under the cap.
    balloted_as = models.CharField(max_length=20, blank=True, editable=False)
    #: {ballot number: id of the nomination} of those who can be voted for now.
    ballot_numbers = models.JSONField(default=dict, editable=False)
    caps = models.JSONField(null=True, blank=True, editable=False)
    rules_hash = models.CharField(max_length=64, blank=True, editable=False)
    roll_hash = models.CharField(max_length=64, blank=True, editable=False)
    #: All electors attend: the officer ends nominations and opens the vote by an act, not by the clock.
    in_room = models.BooleanField(_("in the room"), default=False)
    #: Without a network: votes were on paper, entered twice.
    on_paper = models.BooleanField(default=False, editable=False)
    by_acclamation = models.BooleanField(default=False, editable=False)
    by_consensus = models.BooleanField(default=False, editable=False)
    #: The ballot numbers of a second round, and the first one as it was: its result and its ballots.
    runoff = models.JSONField(null=True, blank=True, editable=False)
    first_round: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True, editable=False)
    #: The ballots of a secret vote once the ballot box is opened, by their trackers.
    opened_ballots: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True, editable=False)
    result: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True, editable=False)
    annulled_because = models.CharField(_("reason"), max_length=400, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(nominations_close__gt=F("nominations_open"))
                & Q(opens_at__gte=F("nominations_close"))
                & Q(closes_at__gt=F("opens_at")),
                name="election_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(max_marks__gte=1), name="election_marks_from_one"),
            models.CheckConstraint(
                condition=Q(tie_break=TieBreak.DRAW, lot_source="") | Q(tie_break=TieBreak.SEED) & ~Q(lot_source=""),
                name="election_seed_has_source",
            ),
            models.CheckConstraint(condition=Q(cap__gte=1), name="election_cap_from_one"),
            models.CheckConstraint(condition=Q(threshold__range=(1, 100)), name="election_threshold_is_percent"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="election_quorum_from_one"),
            models.CheckConstraint(
                condition=Q(term_ends_on=None) | Q(term_starts_on=None) | Q(term_ends_on__gte=F("term_starts_on")),
                name="election_term_in_order",
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("elections:election_detail", args=[self.code])

    @property
    def candidates_known(self) -> bool:
        return self.state in CANDIDATES_KNOWN

    @property
    def result_known(self) -> bool:
        return self.state in RESULT_KNOWN

    @property
    def has_evidence(self) -> bool:
        """Whether its evidence can be downloaded: once certified."""
        return self.state == ElectionState.CERTIFIED and (self.by_acclamation or self.by_consensus or self.was_counted)

    @property
    def has_provisional_evidence(self) -> bool:
        """Whether its officer and scrutineers can count it again before it is certified."""
        return self.state == ElectionState.PROVISIONAL and self.was_counted

    @property
    def was_counted(self) -> bool:
        """Whether its result comes from a count: not agreed, and not taken from elsewhere."""
        return bool(self.result) and "quota" in self.result

    @property
    def is_over(self) -> bool:
        return self.state in (ElectionState.CERTIFIED, ElectionState.ANNULLED)

    @property
    def nominations_last(self) -> datetime.datetime:
        """The last minute of nominations, as announced: an end is exclusive, and "until 23:59" means the end of that minute."""
        return self.nominations_close - ONE_MINUTE

    @property
    def votes_last(self) -> datetime.datetime:
        return self.closes_at - ONE_MINUTE

    def accepts_nominations(self, now: datetime.datetime) -> bool:
        """Whether people may be nominated and answer at an instant."""
        return self.state in NOMINATING and self.nominations_open <= now < self.nominations_close

    @property
    def ballot_method(self) -> str:
        """How this election's ballots are given and counted: its method, or yes or no where candidates are few."""
        return self.balloted_as or self.rules.get("method") or self.method

    @property
    def ballot_key(self) -> str:
        """The key of the choices in a published ballot: marks, preferences or answers."""
        return KEYS[self.ballot_method]

    @property
    def is_secret(self) -> bool:
        """Whether its votes are secret, by its rules or because an elector asked."""
        return self.made_secret or self.secrecy == Secrecy.PORTAL

    @property
    def has_ballot_box(self) -> bool:
        """Whether its votes are sealed ballots: secret, not on paper, and put to a vote at all."""
        return self.is_secret and not (self.on_paper or self.by_acclamation or self.by_consensus)

    @property
    def is_ranked(self) -> bool:
        return self.ballot_method in RANKED

    @property
    def is_yes_no(self) -> bool:
        return self.ballot_method == YES_NO

    @property
    def seats_now(self) -> int:
        """How many seats the ballots fill: in a second round those that the first left."""
        return self.rules["seats"] - (len(self.first_round["result"]["elected"]) if self.first_round else 0)

    @property
    def most_marks(self) -> int | None:
        """How many marks a ballot may have, or None for as many as there are candidates."""
        return min(self.max_marks, self.seats_now) if self.ballot_method == PLURALITY else None

    def accepts_votes(self, now: datetime.datetime) -> bool:
        """Whether votes are accepted at an instant; the closing is exclusive."""
        return not self.on_paper and self.state == ElectionState.VOTING and self.opens_at <= now < self.closes_at

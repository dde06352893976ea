"""Elections: nominations, the roll, ballots, the draw, and the chain of what was done."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Seat
from commons.models import LANGUAGE_CHOICES, Sector
from core.clock import ZoneField
from core.records.models import Citable
from core.text import TranslatedModel, translated
from core.visibility import VisibleModel
from elections.counting.core import KEYS, PLURALITY, RANKED, YES_NO
from elections.querysets import BallotQuerySet, ElectionQuerySet, NominationQuerySet, RollQuerySet
from elections.states import (
    CANDIDATES_KNOWN,
    EVENT_WORDS,
    NOMINATING,
    RESULT_KNOWN,
    ElectionState,
    IfFew,
    Method,
    NominationState,
    Secrecy,
    TieBreak,
    Vacancy,
)
from organizations.models import Organization, Person

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
    #: An elector asked for it, and nobody is told who.
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
    caps = models.JSONField(null=True, blank=True, editable=False)
    rules_hash = models.CharField(max_length=64, blank=True, editable=False)
    roll_hash = models.CharField(max_length=64, blank=True, editable=False)
    #: All electors attend: the officer ends nominations and opens the vote by an act, not by the clock.
    in_room = models.BooleanField(_("in the room"), default=False)
    #: Without a network: votes were on paper, entered twice.
    on_paper = models.BooleanField(default=False, editable=False)
    by_acclamation = models.BooleanField(default=False, editable=False)
    by_consensus = models.BooleanField(default=False, editable=False)
    #: The ballot numbers of a second round, and the first one as it was: its result and its papers.
    runoff = models.JSONField(null=True, blank=True, editable=False)
    first_round = models.JSONField(null=True, blank=True, editable=False)
    #: The ballots of a secret vote once the urn is opened, by their trackers.
    opened = models.JSONField(null=True, blank=True, editable=False)
    result = models.JSONField(null=True, blank=True, editable=False)
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
    def candidates_known(self):
        return self.state in CANDIDATES_KNOWN

    @property
    def result_known(self):
        return self.state in RESULT_KNOWN

    @property
    def has_evidence(self):
        """Whether its evidence can be downloaded: once certified."""
        return self.state == ElectionState.CERTIFIED and (self.by_acclamation or self.by_consensus or self.was_counted)

    @property
    def has_provisional_evidence(self):
        """Whether who watches over it can count it again before it is certified."""
        return self.state == ElectionState.PROVISIONAL and self.was_counted

    @property
    def was_counted(self):
        """Whether its result is of a count: not agreed, and not noted from elsewhere."""
        return bool(self.result) and "quota" in self.result

    @property
    def is_over(self):
        return self.state in (ElectionState.CERTIFIED, ElectionState.ANNULLED)

    @property
    def nominations_last(self):
        """What people are told: an end is exclusive, and "until 23:59" means the end of that minute."""
        return self.nominations_close - ONE_MINUTE

    @property
    def votes_last(self):
        return self.closes_at - ONE_MINUTE

    def nominates(self, now):
        """Whether people may be nominated and answer at an instant."""
        return self.state in NOMINATING and self.nominations_open <= now < self.nominations_close

    def counting(self):
        """The rules as the count reads them; one query."""
        rules, method = self.rules, self.ballot_method
        numbered = {row.number: row.state for row in self.nominations.on_ballot()}
        asked = {
            "method": method, "seats": self.seats_now, "candidates": len(numbered),
            "least_votes": rules.get("least_votes", 0), "ranks": bool(rules.get("terms_by_rank")),
        }  # fmt: skip
        if method == PLURALITY:
            asked["max_marks"] = self.most_marks
        gone = [
            n
            for n, state in numbered.items()
            if state != NominationState.ACCEPTED or n not in (self.runoff or numbered)
        ]
        if gone:
            asked["withdrawn"] = gone
        if self.caps:
            asked["caps"] = self.caps
        if rules.get("threshold"):
            asked["threshold"] = [rules["threshold"], 100]
        return asked

    @property
    def ballot_method(self):
        """How this election's ballots are given and counted: its method, or yes or no where candidates are few."""
        return self.balloted_as or self.rules.get("method") or self.method

    @property
    def ballot_key(self):
        """Under which word a ballot says what it says: marks, preferences, answers."""
        return KEYS[self.ballot_method]

    @property
    def is_secret(self):
        """Whether its votes are secret, by its rules or because an elector asked."""
        return self.made_secret or self.secrecy == Secrecy.PORTAL

    @property
    def has_urn(self):
        """Whether its votes are sealed boxes: secret, not on paper, and put to a vote at all."""
        return self.is_secret and not (self.on_paper or self.by_acclamation or self.by_consensus)

    @property
    def is_ranked(self):
        return self.ballot_method in RANKED

    @property
    def is_yes_no(self):
        return self.ballot_method == YES_NO

    @property
    def seats_now(self):
        """How many seats the ballots fill: in a second round those that the first left."""
        return self.rules["seats"] - (len(self.first_round["result"]["elected"]) if self.first_round else 0)

    @property
    def most_marks(self):
        """How many marks a ballot may have, or None for as many as there are candidates."""
        return min(self.max_marks, self.seats_now) if self.ballot_method == PLURALITY else None

    def to_choose(self):
        """The candidates on the ballots of now: all of them, or in a second round those who are tied."""
        rows = self.nominations.candidates()
        return rows if self.runoff is None else rows.filter(number__in=self.runoff)

    def agreed_papers(self):
        """The papers that two officers have read alike; none before."""
        seen = []
        for entry in self.paper_entries.order_by("entered_at", "pk"):
            if entry.papers in seen:
                return entry.papers
            seen.append(entry.papers)
        return []

    def accepts(self, now):
        """Whether votes are accepted at an instant; the closing is exclusive."""
        return not self.on_paper and self.state == ElectionState.VOTING and self.opens_at <= now < self.closes_at


class Nomination(models.Model):
    """Somebody is proposed, by an organisation or by themselves; a candidate once they accept."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations")
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, default="es")
    organization = models.ForeignKey(
        Organization, verbose_name=_("their organisation"), on_delete=models.PROTECT, related_name="candidates"
    )
    #: Empty: they proposed themselves, and the page says so.
    proposed_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations_made"
    )
    state = models.CharField(_("state"), max_length=10, choices=NominationState, default=NominationState.PROPOSED)
    statement = models.TextField(_("statement"), max_length=3000, blank=True)
    statement_language = models.CharField(
        _("language of the statement"), max_length=2, choices=LANGUAGE_CHOICES, default="es"
    )
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    #: On the ballot; given in alphabetical order when candidates are published.
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "address"], name="nomination_address_once"),
            models.UniqueConstraint(
                fields=["election", "person"], condition=Q(person__isnull=False), name="nomination_person_once"
            ),
            models.UniqueConstraint(
                fields=["election", "number"], condition=Q(number__isnull=False), name="nomination_number_once"
            ),
        ]

    def __str__(self):
        return self.name


class RollEntry(models.Model):
    """An organisation votes, by its voter or, in their place, its alternate."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="roll")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="roll_entries")
    voter = models.ForeignKey(Person, verbose_name=_("voter"), on_delete=models.PROTECT, related_name="votes_on")
    #: So many papers its vote counts for; above 1 only where the rules say so.
    weight = models.PositiveIntegerField(_("weight"), default=1)
    alternate = models.ForeignKey(
        Person,
        verbose_name=_("alternate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_in_on",
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "roll entries"
        constraints = [
            models.UniqueConstraint(fields=["election", "organization"], name="roll_organization_once"),
            models.UniqueConstraint(fields=["election", "voter"], name="roll_voter_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="roll_weight_from_one"),
            models.UniqueConstraint(fields=["election", "alternate"], name="roll_alternate_once"),
            models.CheckConstraint(
                condition=Q(alternate=None) | ~Q(alternate=F("voter")), name="roll_alternate_is_another"
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.election_id}"


class Ballot(models.Model):
    """An organisation has voted, openly; one row for each entry of the roll, by constraint."""

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="ballot")
    cast_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    marks = models.ManyToManyField(Nomination, related_name="ballots")
    #: What it says where marks alone do not: candidates in the voter's order, or {number: yes | no | abstain}.
    said = models.JSONField(null=True, blank=True)

    objects = BallotQuerySet.as_manager()

    def __str__(self):
        return f"{self.entry}"


class Draw(models.Model):
    """The order that settles a tie: names from a hat, before two witnesses of different organisations, or what follows
    from a public value, which has no witnesses and needs none."""

    election = models.OneToOneField(Election, on_delete=models.PROTECT, related_name="draw")
    order = models.JSONField()
    first_witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_witness = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The public value exactly as printed, and the seed that follows from it and the seal of the closing.
    value = models.CharField(_("public value"), max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_witness=F("second_witness")), name="draw_two_witnesses"),
            models.CheckConstraint(
                condition=Q(value="", seed="", first_witness__isnull=False, second_witness__isnull=False)
                | ~Q(value="") & ~Q(seed="") & Q(first_witness=None, second_witness=None),
                name="draw_by_witnesses_or_value",
            ),
        ]

    def __str__(self):
        return f"{self.election}"


class ElectionEvent(models.Model):
    """Something was done in an election: a public chain in which each entry seals the one before."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="election_event_once")]

    def __str__(self):
        return f"{self.election_id} {self.number} {self.verb}"

    @property
    def words(self):
        return EVENT_WORDS.get(self.verb, self.verb)

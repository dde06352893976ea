"""Reads of elections, nominations, the roll and ballots."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.visibility import Visibility
from elections.states import NOMINATING, ElectionState, NominationState
from organizations.querysets import held_on
from organizations.standing import standing_of


class ElectionQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """From the call on, by its visibility; in preparation, and what was annulled before any call, the coordination team only."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        visible = [Visibility.PUBLIC, Visibility.COMMUNITY] if standing.is_community else [Visibility.PUBLIC]
        return self.filter(visibility__in=visible).exclude(state="draft").exclude(rules_hash="")

    def newest_first(self):
        return self.select_related("committee").order_by("-opens_at", "-code")

    def to_close(self, now):
        """Those whose vote is over by the hour and not closed yet; on paper two readings close it."""
        return self.filter(state=ElectionState.VOTING, on_paper=False, closes_at__lte=now).order_by("pk")

    def run_by(self, person_id):
        """Those not yet over of which this person is the officer."""
        return self.filter(officer=person_id).exclude(state__in=(ElectionState.CERTIFIED, ElectionState.ANNULLED))

    def closing_until(self, now, until):
        """Called or open ones whose nominations or vote close before `until`."""
        nominating = Q(state__in=NOMINATING, nominations_close__gt=now, nominations_close__lt=until)
        voting = Q(state=ElectionState.VOTING, closes_at__gt=now, closes_at__lt=until)
        return self.filter(nominating | voting)


class NominationQuerySet(models.QuerySet):
    def with_people(self):
        return self.select_related("organization", "proposed_by", "person").order_by("number", "name", "pk")

    def to_answer(self, person_id, now):
        """Nominations that wait for this person's answer, while they may be answered."""
        waiting = self.filter(person=person_id, state=NominationState.PROPOSED, election__state__in=NOMINATING)
        return waiting.filter(election__nominations_close__gt=now).select_related("election", "organization")

    def unanswered_of(self, organizations, now):
        """What these organisations proposed and nobody has answered yet."""
        waiting = self.filter(proposed_by__in=organizations, state=NominationState.PROPOSED)
        waiting = waiting.filter(election__state__in=NOMINATING, election__nominations_close__gt=now)
        return waiting.select_related("election", "proposed_by")

    def candidates(self):
        """Those who accepted, in the order of the ballot."""
        return self.filter(state=NominationState.ACCEPTED).with_people()

    def in_round(self, numbers):
        """Those with these ballot numbers: in a second round those who are tied; None for all."""
        return self if numbers is None else self.filter(number__in=numbers)

    def on_ballot(self):
        """Those with a number: the candidates, and those who withdrew once voting had begun."""
        return self.exclude(number=None).with_people()


class RollQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("organization", "voter", "alternate").order_by("organization__position", "pk")

    def to_vote(self, person_id, now):
        """Where a person may vote now and their organisation, still a member, has not."""
        open_now = {
            "election__state": ElectionState.VOTING,
            "election__on_paper": False,
            "election__opens_at__lte": now,
            "election__closes_at__gt": now,
        }
        member = held_on(
            clock.today(now, settings.CASA_ZONE), "organization__member_from", "organization__member_until"
        )
        own = self.of_person(person_id).filter(member, ballot=None, participation=None, **open_now)
        return own.select_related("election", "organization")

    def of_person(self, person_id):
        """Where a person votes, as voter or alternate."""
        return self.filter(Q(voter=person_id) | Q(alternate=person_id))


class ScrutineerQuerySet(models.QuerySet):
    def to_answer(self, person_id):
        """Where this person has yet to say whether a provisional result conforms."""
        waiting = self.filter(person=person_id, conforms=None, election__state=ElectionState.PROVISIONAL)
        return waiting.select_related("election", "organization")


class CorrectionQuerySet(models.QuerySet):
    def with_people(self):
        return self.select_related(
            "organization", "voter", "alternate", "requested_by", "answered_by", "claim__organization"
        )

    def readable_by(self, standing):
        """Everybody reads those in effect; the community also what was asked for and refused."""
        return self if standing.is_community else self.filter(is_confirmed=True)


class BallotQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("entry__organization", "cast_by").order_by("entry__organization__position", "pk")

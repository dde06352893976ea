"""What waits for this person's or organisation's answer: votes, nominations, dates, common projects, mergers."""

import itertools

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.desk.duty import Duty, last_day
from commons.models import SignOff
from core import clock
from core.text import shown
from elections.models import Nomination, RollEntry, Scrutineer
from meetings.models import Communique, DatePoll
from organizations.models import Organization
from priorities.models import Participant, ThreatOpportunity


def read(user, standing, now):
    """[Duty], in no order. Nine queries at most."""
    if standing.person_id is None:
        return []
    speaks_for = list(standing.speaks_for)
    return [
        *(_vote(row) for row in RollEntry.objects.to_vote(standing.person_id, now)),
        *(_conformity(row) for row in Scrutineer.objects.to_answer(standing.person_id)),
        *(_nomination(row) for row in Nomination.objects.to_answer(standing.person_id, now)),
        *(_dates(row) for row in DatePoll.objects.visible_to(user, now).to_answer(user.email, now)),
        *_communiques(speaks_for, now),
        *(_place(row) for row in Participant.objects.to_confirm(speaks_for)),
        *(_merger(row) for row in ThreatOpportunity.objects.merges_to_answer(speaks_for)),
    ]


def _vote(row):
    election = row.election
    return Duty(
        title=shown(election, "title"),
        href=election.get_absolute_url(),
        verb=_("Vote"),
        code=election.code,
        verb_href=reverse("elections:election_booth", args=[election.code]),
        organization=row.organization,
        due=last_day(election.closes_at, election.zone),
        due_at=election.closes_at,
        zone=election.zone,
        state="open",
        state_label=_("your organisation has not voted"),
    )


def _conformity(row):
    election = row.election
    return Duty(
        title=shown(election, "title"),
        href=reverse("elections:election_scrutiny", args=[election.code]),
        verb=_("Answer"),
        verb_href=reverse("elections:election_conformity", args=[election.code]),
        code=election.code,
        organization=row.organization,
        state="open",
        state_label=_("do you confirm the result?"),
    )


def _nomination(row):
    election = row.election
    return Duty(
        title=shown(election, "title"),
        href=election.get_absolute_url(),
        verb=_("Answer"),
        code=election.code,
        verb_href=reverse("elections:nomination_answer", args=[election.code, row.pk]),
        organization=row.organization,
        due=last_day(election.nominations_close, election.zone),
        due_at=election.nominations_close,
        zone=election.zone,
        state="open",
        state_label=_("you have been nominated"),
    )


def _dates(row):
    page = row.get_absolute_url()
    return Duty(
        title=shown(row.meeting, "title"),
        href=page,
        verb=_("Answer"),
        verb_href=page,
        code=row.meeting.code,
        due=last_day(row.closes_at, row.zone),
        due_at=row.closes_at,
        zone=row.zone,
        state="open",
        state_label=_("which dates suit you"),
    )


def _communiques(speaks_for, now):
    """Communiqués that are open for signing, for each of these organisations that has not answered. Three queries."""
    found = list(Communique.objects.open_for_signing(now)) if speaks_for else []
    if not found:
        return
    answered = SignOff.objects.answered([one.version_id for one in found])
    members = Organization.objects.members_on(clock.today(now, settings.CASA_ZONE)).filter(pk__in=speaks_for)
    for one, organization in itertools.product(found, members):
        if (one.version_id, organization.pk) not in answered:
            page = one.get_absolute_url()
            yield Duty(
                title=shown(one.meeting, "title"),
                href=page,
                verb=_("Sign or not"),
                verb_href=page,
                code=one.meeting.code,
                organization=organization,
                due=clock.today(one.publishes_at, one.meeting.zone),
                due_at=one.publishes_at,
                zone=one.meeting.zone,
                state="open",
                state_label=_("a communiqué to sign"),
            )


def _place(row):
    page = row.project.get_absolute_url()
    return Duty(
        title=shown(row.project, "title"),
        href=page,
        verb=_("Answer"),
        verb_href=page,
        code=row.project.code,
        organization=row.organization,
        state="draft",
        state_label=_("invited to take part"),
    )


def _merger(row):
    page = row.get_absolute_url()
    return Duty(
        title=shown(row, "title"),
        href=page,
        verb=_("Answer"),
        verb_href=page,
        code=row.code,
        organization=row.organization,
        state="draft",
        state_label=_("merge proposed"),
    )

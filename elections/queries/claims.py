"""Claims: on which stage they are taken, until when, and who has waived them."""

import datetime

from elections.models import ClaimWaiver, Election
from elections.states import CLAIMS_FROM, CLAIMS_IN, ClaimStage


def claims_until(election: Election, stage: ClaimStage) -> datetime.datetime | None:
    """The end, exclusive, of the time for claims on a stage; None where the rules fix none."""
    if not election.claims_hours:
        return None
    published = election.events.filter(verb__in=CLAIMS_FROM[stage]).order_by("-number").first()
    return published.at + datetime.timedelta(hours=election.claims_hours) if published else None


def open_claim_stage(election: Election, now: datetime.datetime) -> ClaimStage | None:
    """The stage on which claims are taken at an instant."""
    stage = CLAIMS_IN.get(election.state)
    until = claims_until(election, stage) if stage else None
    return stage if stage and (until is None or now < until) else None


def count_waivers(election: Election, stage: ClaimStage) -> int:
    """How many of the roll have declared that they have no claims on a stage."""
    return ClaimWaiver.objects.filter(entry__election=election, stage=stage).count()

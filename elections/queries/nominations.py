"""The nomination of a personal link."""

import datetime

from accounts.models import PersonalLink
from accounts.queries import find_link
from elections.models import Nomination

#: The purpose of the personal links by which nominees answer.
NOMINATION_LINK = "nomination"


def nomination_by_token(token: str, now: datetime.datetime) -> Nomination | None:
    """The nomination of a living personal link; looking uses nothing up."""
    link = find_link(token, NOMINATION_LINK, now)
    return nomination_of_link(link) if link else None


def nomination_of_link(link: PersonalLink) -> Nomination | None:
    """The nomination that a personal link was issued for, if it is still of the same address."""
    code, _colon, pk = link.code.partition(":")
    rows = Nomination.objects.select_related("election__committee", "organization", "proposed_by")
    return rows.filter(pk=pk, election__code=code, address__iexact=link.address).first()

"""Who may do what in elections. Officers are of the coordination team and named for one election; the rest nominate
and vote for their own organisation."""

import rules
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.permissions import permission
from elections.models import Election, Nomination
from organizations.rules import is_community, is_coordination
from organizations.standing import standing_of


@rules.predicate
def is_officer(user: User, election: Election | None) -> bool:
    return election is not None and standing_of(user).person_id == election.officer_id


@rules.predicate
def is_of_member(user: User) -> bool:
    return bool(standing_of(user).member_of)


@rules.predicate
def is_nominee(user: User, nomination: Nomination | None) -> bool:
    person = standing_of(user).person_id
    return nomination is not None and person is not None and person == nomination.person_id


@rules.predicate
def speaks_for_member(user: User) -> bool:
    standing = standing_of(user)
    return bool(standing.speaks_for & standing.member_of)


@rules.predicate
def is_scrutineer(user: User, election: Election | None) -> bool:
    person = standing_of(user).person_id
    return election is not None and person is not None and election.scrutineers.filter(person=person).exists()


OFFICER = _("The officer of this election can do this.")

permission("elections.create_election", is_coordination, _("The coordination team can do this."))
permission("elections.see_console", is_coordination, _("The coordination team can do this."))
permission("elections.take_over_election", is_coordination, _("The coordination team can do this."))
permission("elections.run_election", is_coordination & is_officer, OFFICER)
permission("elections.nominate", is_of_member, _("Anybody from a member organisation can do this."))
permission("elections.answer_nomination", is_nominee, _("Only the person who was nominated can do this."))
permission("elections.claim", speaks_for_member, _("Those who speak for a member organisation can do this."))
permission(
    "elections.count_early", is_officer | is_scrutineer, _("The election officer and the scrutineers can do this.")
)
permission("elections.watch_election", is_scrutineer, _("The scrutineers of this election can do this."))
permission("elections.record_conformity", is_scrutineer, _("The scrutineers of this election can do this."))
permission(
    "elections.see_booth",
    is_community,
    _("Member organisations can do this; each votes through its voter or alternate."),
)

"""Giving and ending roles: what is refused, and to whom mail would go."""

import datetime

import pytest

from core import clock
from core.errors import Incomplete, NotNow
from organizations.forms import roles_given_by
from organizations.models import Mandate
from organizations.rules import speaks_for
from organizations.services import Appointment, end_mandate, name_mandate
from organizations.standing import standing_of
from organizations.standing.addressees import recipient
from organizations.states import GIVEN_BY_LEAD, Role
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = datetime.date


def appointment(role, email="ana@example.org"):
    return Appointment(role, "Demo Ana", email, DAY(2026, 1, 1), "es", "America/Montevideo")


def test_a_role_across_the_portal_is_none_in_an_organisation_and_the_other_way_round():
    for organization, role in ((make.organization(), Role.COORDINATION), (None, Role.LEAD)):
        with pytest.raises(Incomplete) as refused:
            name_mandate(organization, appointment(role), actor=None, now=clock.now())
        assert set(refused.value.missing) == {"role"}
    assert not Mandate.objects.exists()


def test_a_person_has_a_role_once_at_a_time():
    organization = make.organization()
    name_mandate(organization, appointment(Role.DELEGATE), actor=None, now=clock.now())
    with pytest.raises(Incomplete) as refused:
        name_mandate(organization, appointment(Role.DELEGATE), actor=None, now=clock.now())
    assert set(refused.value.missing) == {"email"}
    assert Mandate.objects.count() == 1


def test_a_role_ends_once_and_not_before_it_began():
    mandate = make.delegate(make.organization(), starts_on=DAY(2026, 1, 10)).person.mandates.get()
    with pytest.raises(Incomplete):
        end_mandate(mandate, last_day=DAY(2026, 1, 1), actor=None, now=clock.now())
    assert end_mandate(mandate, last_day=DAY(2026, 1, 9), actor=None, now=clock.now()).ends_on == DAY(2026, 1, 10)
    with pytest.raises(NotNow):
        end_mandate(mandate, last_day=DAY(2026, 2, 1), actor=None, now=clock.now())


def test_the_coordination_team_names_leads_and_a_lead_does_not():
    organization = make.organization()
    assert roles_given_by(standing_of(make.coordination()), organization) == GIVEN_BY_LEAD | {Role.LEAD}
    assert roles_given_by(standing_of(make.holder(Role.LEAD, organization)), organization) == GIVEN_BY_LEAD
    assert roles_given_by(standing_of(make.delegate(organization)), organization) == frozenset()


def test_nobody_speaks_for_no_organisation():
    assert speaks_for(make.delegate(make.organization()), None) is False


def test_a_person_without_an_account_is_not_written_to():
    with pytest.raises(ValueError, match="no account"):
        recipient(make.person())

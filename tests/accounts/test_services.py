"""Personal links and addresses that are proven without a mail."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import PersonalLink
from accounts.queries import INVITATION, find_link
from accounts.services import accept_invitation, forget_links, issue_link, prove_address
from core import clock
from core.errors import NotNow
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_links_are_forgotten_with_the_addresses_they_were_given_to():
    now = clock.now()
    token = issue_link("poll", "CASA-2026-MEE-001", "ana@example.org", now, 3)
    issue_link("poll", "CASA-2026-MEE-002", "ana@example.org", now, 3)
    forget_links("poll", "CASA-2026-MEE-001")
    assert find_link(token, "poll", now) is None
    assert PersonalLink.objects.get().code == "CASA-2026-MEE-002"


def test_a_closed_account_accepts_no_invitation():
    user, now = make.user(), clock.now()
    token = issue_link(INVITATION, user.journal_key, user.email, now, 30)
    user.is_active = False
    user.save()
    with pytest.raises(NotNow):
        accept_invitation(token, now=now)
    assert find_link(token, INVITATION, now), "what was refused uses nothing up"


def test_an_address_is_proven_once():
    user = make.user()
    for _ in range(2):
        prove_address(user)
    assert EmailAddress.objects.get(user=user).verified

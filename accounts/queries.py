"""Questions about personal links, calendars and the kinds of mail that somebody stopped."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import MailStop, PersonalLink, User

#: Purpose of the personal link in an invitation.
INVITATION = "invitation"
#: Purpose of the personal links that are addresses of calendars.
CALENDAR_LINK = "calendar"
_STOP_SALT = "mail-stop"


class CalendarOwner(NamedTuple):
    """Whose calendar an address is, and which of their calendars."""

    user: User
    calendar: str


class MailChoice(NamedTuple):
    """An address and a kind of mail that it may stop."""

    address: str
    kind: str


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str, purpose: str, now: datetime.datetime) -> PersonalLink | None:
    """The usable link of a token, or None. Looking at it uses nothing up."""
    return PersonalLink.objects.alive(now).filter(token_hash=token_hash(token), purpose=purpose).first()


def signed_token(link: PersonalLink) -> str:
    """The token of a link whose address its owner may see again: the portal's signature over the link itself."""
    about = f"{link.pk} {link.purpose} {link.code} {link.address}"
    return salted_hmac("accounts.signed_link", about, algorithm="sha256").hexdigest()


def calendar_tokens(user: User, now: datetime.datetime) -> dict[str, str]:
    """The tokens of a user's calendar addresses that work now, by calendar. One query."""
    links = PersonalLink.objects.alive(now).filter(purpose=CALENDAR_LINK, address=user.email)
    return {link.code: signed_token(link) for link in links}


def calendar_owner(token: str, now: datetime.datetime) -> CalendarOwner | None:
    """Whose calendar an address is, or None where it does not work; a closed account has no calendar."""
    link = find_link(token, CALENDAR_LINK, now)
    user = User.objects.filter(email=link.address, is_active=True).first() if link else None
    return CalendarOwner(user, link.code) if link and user else None


def stop_page(address: str, kind: str) -> str:
    """The signed address, in the language in force, of the page that stops one kind of mail to one address."""
    return settings.CASA_ORIGIN + reverse("accounts:mail_stop", args=[signing.dumps([address, kind], salt=_STOP_SALT)])


def choice_of(token: str) -> MailChoice | None:
    """What a page that stops mail is about, by the token in its address; None where the portal did not sign it."""
    try:
        address, kind = signing.loads(token, salt=_STOP_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return MailChoice(address, kind)


def stopped(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (address, kind) that are stopped, addresses in lower case. One query."""
    wanted = {(address.lower(), kind) for address, kind in pairs}
    found = MailStop.objects.filter(kind__in={kind for _address, kind in wanted})
    if len(wanted) == 1:
        found = found.filter(address=next(iter(wanted))[0])
    return wanted & set(found.values_list("address", "kind"))

"""Acts on accounts: inviting and accepting, personal links, calendars, one's own settings."""

import datetime
import secrets
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import MailStop, PersonalLink, User
from accounts.queries import CALENDAR_LINK, INVITATION, signed_token, token_hash
from core import journal
from core.errors import NotNow
from core.outbox import kinds
from core.outbox.services import enqueue

INVITATION_DAYS = 30
#: A calendar that dies in silence is worse than one that must be withdrawn.
CALENDAR_DAYS = 3650


@transaction.atomic
def issue_link(purpose: str, code: str, address: str, now: datetime.datetime, days: int) -> str:
    """Make a personal link that works for some days; earlier ones for the same end are revoked.

    Returns its token, which is stored nowhere.
    """
    revoke_links(purpose, code, address, now)
    token = secrets.token_urlsafe(32)
    _new_link(token, purpose, code, address, now, days).save()
    return token


@transaction.atomic
def issue_links(
    purpose: str, ends: Iterable[tuple[str, str]], now: datetime.datetime, days: int
) -> dict[tuple[str, str], str]:
    """Make one personal link for each (code, address); earlier ones stay, so that an older mail still opens its page.

    Returns their tokens, by (code, address).
    """
    tokens = {end: secrets.token_urlsafe(32) for end in sorted(ends)}
    PersonalLink.objects.bulk_create(
        _new_link(token, purpose, code, address, now, days) for (code, address), token in tokens.items()
    )
    return tokens


def _new_link(token: str, purpose: str, code: str, address: str, now: datetime.datetime, days: int) -> PersonalLink:
    return PersonalLink(
        token_hash=token_hash(token),
        purpose=purpose,
        code=code,
        address=address,
        created_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )


@transaction.atomic
def revoke_links(purpose: str, code: str, address: str, now: datetime.datetime) -> None:
    """Withdraw the links for one end that still work."""
    PersonalLink.objects.alive(now).filter(purpose=purpose, code=code, address=address).update(revoked_at=now)


@transaction.atomic
def forget_links(purpose: str, code: str) -> None:
    """Delete every link of one purpose about a code, usable or not, with the addresses they were given to."""
    PersonalLink.objects.filter(purpose=purpose, code=code).delete()


@transaction.atomic
def use_link(token: str, purpose: str, now: datetime.datetime) -> PersonalLink:
    """Use a link once. Raises NotNow where it is unknown, used, revoked or expired."""
    usable = PersonalLink.objects.alive(now).filter(token_hash=token_hash(token), purpose=purpose)
    link = usable.first()
    if link is None or not usable.filter(pk=link.pk).update(used_at=now):
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    return link


@transaction.atomic
def open_calendar(user: User, code: str, now: datetime.datetime) -> str:
    """Give a user a signed address for the calendar `code`; the one before stops working. Returns its token."""
    revoke_links(CALENDAR_LINK, code, user.email, now)
    # The token signs the number of the row, which is therefore written first, under a hash that opens nothing.
    link = _new_link(secrets.token_urlsafe(32), CALENDAR_LINK, code, user.email, now, CALENDAR_DAYS)
    link.save()
    token = signed_token(link)
    link.token_hash = token_hash(token)
    link.save(update_fields=["token_hash"])
    journal.record(user, "calendar_opened", "account", now)
    return token


@transaction.atomic
def close_calendar(user: User, code: str, now: datetime.datetime) -> None:
    """Withdraw the address of a calendar; programs that follow it find nothing any more."""
    revoke_links(CALENDAR_LINK, code, user.email, now)
    journal.record(user, "calendar_closed", "account", now)


@transaction.atomic
def invite(
    email: str, *, language: str, zone: str, actor: User | None, now: datetime.datetime, on_behalf_of: str = ""
) -> User:
    """Give an e-mail an account and mail its invitation; an existing account is mailed again only where it has never
    signed in.

    Journals `account_invited`.
    """
    # Addresses are stored small. PostgreSQL would find "mike@…" for "mıke@…" (dotless) where it is asked to ignore case.
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, language=language, zone=zone)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        # To the account's own address, whatever was typed: the token signs in as it.
        token = issue_link(INVITATION, user.journal_key, user.email, now, INVITATION_DAYS)
        with translation.override(user.language):
            page = settings.CASA_ORIGIN + reverse("accounts:invitation_accept", args=[token])
        enqueue(
            key=f"invitation:{token_hash(token)[:24]}",
            kind=INVITATION,
            address=user.email,
            language=user.language,
            template="mail/accounts/invitation",
            context={"page": page, "on_behalf_of": on_behalf_of, "days": INVITATION_DAYS},
            at=now,
        )
        journal.record(actor, "account_invited", "account", now, invited=user.journal_key)
    return user


@transaction.atomic
def accept_invitation(token: str, *, now: datetime.datetime) -> User:
    """Use an invitation: the address is verified, the account may sign in.

    Raises NotNow where the link cannot be used or the account is closed.
    """
    link = use_link(token, INVITATION, now)
    user = User.objects.filter(journal_key=link.code, is_active=True).first()
    if user is None:
        raise NotNow(_("This account is closed. Ask the coordination team."))
    EmailAddress.objects.filter(user=user, email__iexact=link.address).update(verified=True)
    journal.record(user, "invitation_accepted", "account", now)
    return user


@transaction.atomic
def prove_address(user: User) -> None:
    """Mark an account's e-mail as verified: for the first administrator and for demo accounts only."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def save_preferences(user: User, *, language: str, zone: str, unwanted: Iterable[str], now: datetime.datetime) -> User:
    """Change the language and zone in which a person is written to, and the kinds of mail that they do not want."""
    user.language, user.zone = language, zone
    user.save(update_fields=["language", "zone"])
    own = MailStop.objects.filter(address=user.email.lower(), kind__in=kinds.stoppable())
    own.exclude(kind__in=unwanted).delete()
    for kind in unwanted:
        stop_mail(user.email, kind, now)
    return user


@transaction.atomic
def stop_mail(address: str, kind: str, now: datetime.datetime) -> None:
    """Write no more mail of a kind to an address; twice is once."""
    MailStop.objects.get_or_create(address=address.lower(), kind=kind, defaults={"stopped_at": now})


@transaction.atomic
def resume_mail(address: str, kind: str) -> None:
    """Write mail of a kind to an address again."""
    MailStop.objects.filter(address=address.lower(), kind=kind).delete()

"""Acts on accounts: inviting, accepting, personal links, own settings."""

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import MailStop, PersonalLink, User
from core import journal
from core.errors import NotNow
from core.outbox import kinds
from core.outbox.services import enqueue

INVITATION = "invitation"
INVITATION_DAYS = 30


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(purpose, code, address, now, days):
    """Make a personal link; returns its token, which is stored nowhere. Earlier ones for the same end are revoked."""
    PersonalLink.objects.alive(now).filter(purpose=purpose, code=code, address=address).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    PersonalLink.objects.create(
        token_hash=hash_of(token), purpose=purpose, code=code, address=address,
        created_at=now, expires_at=now + datetime.timedelta(days=days),
    )  # fmt: skip
    return token


def issue_links(purpose, ends, now, days):
    """{(code, address): token} for many at once; earlier ones stay, so that an older mail still opens its page."""
    tokens = {end: secrets.token_urlsafe(32) for end in sorted(ends)}
    PersonalLink.objects.bulk_create(
        PersonalLink(
            token_hash=hash_of(token), purpose=purpose, code=code, address=address,
            created_at=now, expires_at=now + datetime.timedelta(days=days),
        )
        for (code, address), token in tokens.items()
    )  # fmt: skip
    return tokens


def revoke_links(purpose, code, address, now):
    """Withdraw what still lives for one end."""
    PersonalLink.objects.alive(now).filter(purpose=purpose, code=code, address=address).update(revoked_at=now)


def forget_links(purpose, code):
    """Delete every link of one kind about a code, living or not, with the addresses it was given to."""
    PersonalLink.objects.filter(purpose=purpose, code=code).delete()


def find_link(token, purpose, now):
    """The living link of a token, or None; looking at it uses nothing up."""
    return PersonalLink.objects.alive(now).filter(token_hash=hash_of(token), purpose=purpose).first()


def use_link(token, purpose, now):
    """Use a link once. Raises NotNow when it is unknown, used, revoked or expired."""
    alive = PersonalLink.objects.alive(now).filter(token_hash=hash_of(token), purpose=purpose)
    link = alive.first()
    if link is None or not alive.filter(pk=link.pk).update(used_at=now):
        raise NotNow(_("This link has been used or withdrawn, or has expired. Ask for a new one."))
    return link


CALENDAR_LINK = "calendar"
#: A calendar that dies in silence is worse than one that must be withdrawn.
CALENDAR_DAYS = 3650


def _signature(link):
    """The token of a link whose address its owner may see again: the portal's signature over the link itself."""
    about = f"{link.pk} {link.purpose} {link.code} {link.address}"
    return salted_hmac("accounts.signed_link", about, algorithm="sha256").hexdigest()


@transaction.atomic
def open_calendar(user, code, now):
    """Give a user a signed address for the calendar `code`; the one before stops working. Returns its token."""
    revoke_links(CALENDAR_LINK, code, user.email, now)
    link = PersonalLink.objects.create(
        token_hash=hash_of(secrets.token_urlsafe(32)), purpose=CALENDAR_LINK, code=code, address=user.email,
        created_at=now, expires_at=now + datetime.timedelta(days=CALENDAR_DAYS),
    )  # fmt: skip
    token = _signature(link)
    link.token_hash = hash_of(token)
    link.save(update_fields=["token_hash"])
    journal.record(user, "calendar_opened", "account", now)
    return token


@transaction.atomic
def close_calendar(user, code, now):
    """Withdraw the address of a calendar; programs that follow it find nothing any more."""
    revoke_links(CALENDAR_LINK, code, user.email, now)
    journal.record(user, "calendar_closed", "account", now)


def calendar_tokens(user, now):
    """{calendar: token} of a user's living calendar addresses. One query."""
    links = PersonalLink.objects.alive(now).filter(purpose=CALENDAR_LINK, address=user.email)
    return {link.code: _signature(link) for link in links}


def calendar_owner(token, now):
    """(User, calendar) of a living address, or None; a closed account has no calendar."""
    link = find_link(token, CALENDAR_LINK, now)
    user = User.objects.filter(email=link.address, is_active=True).first() if link else None
    return (user, link.code) if user else None


@transaction.atomic
def invite(email, language, zone, actor, now, on_behalf_of=""):
    """Give an e-mail an account and send its invitation; returns the User. An existing account is only told again
    when it has never signed in."""
    # Addresses are kept small. PostgreSQL would find "mike@…" for "mıke@…" (dotless) where it is asked to ignore case.
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, language=language, zone=zone)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    if not user.emailaddress_set.filter(verified=True).exists():
        # To the account's own address, whatever was typed: the token signs in as it.
        token = issue_link(INVITATION, user.journal_key, user.email, now, INVITATION_DAYS)
        with translation.override(user.language):
            page = settings.CASA_ORIGIN + reverse("accounts:invitation_accept", args=[token])
        context = {"page": page, "on_behalf_of": on_behalf_of, "days": INVITATION_DAYS}
        enqueue(
            key=f"invitation:{hash_of(token)[:24]}", kind=INVITATION, address=user.email, language=user.language,
            template="mail/accounts/invitation", context=context, at=now,
        )  # fmt: skip
        journal.record(actor, "account_invited", "account", now, invited=user.journal_key)
    return user


@transaction.atomic
def accept_invitation(token, now):
    """Use an invitation: the address is proven, the account may sign in. Returns the User."""
    link = use_link(token, INVITATION, now)
    user = User.objects.filter(journal_key=link.code, is_active=True).first()
    if user is None:
        raise NotNow(_("This account is closed. Ask the coordination team."))
    EmailAddress.objects.filter(user=user, email__iexact=link.address).update(verified=True)
    journal.record(user, "invitation_accepted", "account", now)
    return user


def prove_address(user):
    """Mark an account's e-mail as verified: for the first administrator and for demo accounts only."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def save_preferences(user, language, zone, unwanted=None, now=None):
    """The language and zone in which a person is written to and, where given, the kinds of mail they do not want."""
    user.language, user.zone = language, zone
    user.save(update_fields=["language", "zone"])
    if unwanted is not None:
        mine = MailStop.objects.filter(address=user.email.lower(), kind__in=kinds.stoppable())
        mine.exclude(kind__in=unwanted).delete()
        for kind in unwanted:
            stop_mail(user.email, kind, now)
    return user


STOP_SALT = "mail-stop"


def stop_page(address, kind):
    """The signed address, in the language in force, of the page that stops one kind of mail to one address."""
    return settings.CASA_ORIGIN + reverse("accounts:mail_stop", args=[signing.dumps([address, kind], salt=STOP_SALT)])


def read_stop(token):
    """(address, kind) of a stop page, or None."""
    try:
        address, kind = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return address, kind


def stop_mail(address, kind, now):
    """Write no more mail of a kind to an address; twice is once."""
    MailStop.objects.get_or_create(address=address.lower(), kind=kind, defaults={"stopped_at": now})


def resume_mail(address, kind):
    MailStop.objects.filter(address=address.lower(), kind=kind).delete()


def stopped(pairs):
    """Those of {(address, kind)} that are stopped, addresses in lower case. One query."""
    wanted = {(address.lower(), kind) for address, kind in pairs}
    found = MailStop.objects.filter(kind__in={kind for _address, kind in wanted})
    if len(wanted) == 1:
        found = found.filter(address=next(iter(wanted))[0])
    return wanted & set(found.values_list("address", "kind"))

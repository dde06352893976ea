"""Who reads the communiqué before it is out, and what organisations wrote about the meeting elsewhere."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.queries import find_link
from accounts.services import forget_links, issue_link, revoke_links
from core import journal
from core.errors import Incomplete, NotNow
from core.outbox import services as outbox
from meetings.emails import EMBARGO_LINK, give_early
from meetings.models import Communique, EmbargoReader, OwnAccount
from meetings.services.outcome import held
from meetings.states import CommuniqueState

#: A link outlives the publication by so many days, and then says where the text is.
DAYS_AFTER = 7
#: From then on it is nobody's business who read it early.
FORGOTTEN_AFTER = datetime.timedelta(days=30)


@transaction.atomic
def give_embargo(communique, *, name, outlet, address, language, actor, now):
    """Let somebody named read it before its hour, by a link of their own that is mailed to them and can be withdrawn.

    Raises NotNow where no hour is announced, or it is out. Returns the EmbargoReader.
    """
    communique = held(communique)
    if communique.state != CommuniqueState.SIGNING or communique.is_out(now):
        raise NotNow(_("It can be read early only once its time is announced and until it is published."))
    if not name.strip():
        raise Incomplete({"name": _("Enter the name of the person the link is for.")})
    if communique.readers.filter(address=address.lower(), revoked_at=None).exists():
        raise Incomplete({"address": _("This person already has a link. Withdraw it to give them another.")})
    reader = EmbargoReader.objects.create(
        communique=communique, name=name.strip(), outlet=outlet.strip(), address=address.lower(), language=language,
        given_at=now,
    )  # fmt: skip
    days = (communique.publishes_at - now).days + 1 + DAYS_AFTER
    token = issue_link(EMBARGO_LINK, communique.meeting.code, reader.address, now, days)
    give_early(communique, reader, token, now)
    journal.record(actor, "embargo_given", communique.meeting.code, now, reader=reader.pk)
    return reader


@transaction.atomic
def revoke_embargo(reader, *, actor, now):
    """Withdraw a link; its page says nothing from then on. Twice is once."""
    if EmbargoReader.objects.filter(pk=reader.pk, revoked_at=None).update(revoked_at=now):
        code = reader.communique.meeting.code
        revoke_links(EMBARGO_LINK, code, reader.address, now)
        journal.record(actor, "embargo_revoked", code, now, reader=reader.pk)


def forget_readers(now):
    """Delete who read communiqués early that have been out for a month, or whose hour passed a month ago without their
    going out: names, addresses, links and the mails to them.
    The journal keeps that there were some. Returns how many were deleted; each communiqué in its own transaction."""
    before = now - FORGOTTEN_AFTER
    long_out = Communique.objects.exclude(readers=None).filter(
        Q(published_at__lt=before) | Q(published_at=None, publishes_at__lt=before)
    )
    return sum(_forget(communique, now) for communique in long_out.select_related("meeting").distinct())


@transaction.atomic
def _forget(communique, now):
    code = communique.meeting.code
    gone = communique.readers.all().delete()[0]
    forget_links(EMBARGO_LINK, code)
    outbox.forget(EMBARGO_LINK, code)
    journal.record(None, "embargo_readers_forgotten", code, now, readers=gone)
    return gone


def reader_by_link(communique, token, now):
    """The EmbargoReader whose living link this is, or None; also once it is out, which its page then says."""
    link = find_link(token, EMBARGO_LINK, now)
    if link is None or link.code != communique.meeting.code:
        return None
    return communique.readers.filter(address=link.address, revoked_at=None).first()


@transaction.atomic
def add_account(meeting, organization, *, title, url, language, actor, now):
    """Link what an organisation wrote elsewhere about a meeting. Returns the OwnAccount."""
    if not title.strip():
        raise Incomplete({"title": _("Enter its title.")})
    if meeting.accounts.filter(url=url).exists():
        raise Incomplete({"url": _("This address is already linked.")})
    row = OwnAccount.objects.create(
        meeting=meeting, organization=organization, title=title.strip(), url=url, language=language,
        author=journal.key(actor), added_at=now,
    )  # fmt: skip
    journal.record(actor, "account_linked", meeting.code, now, organization=organization.acronym)
    return row


@transaction.atomic
def remove_account(account, *, actor, now):
    """Link it no more."""
    journal.record(actor, "account_unlinked", account.meeting.code, now, organization=account.organization.acronym)
    account.delete()

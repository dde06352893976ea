"""Early access to a communiqué, and the organisations' own accounts of a meeting."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import forget_links, issue_link, revoke_links
from core import journal
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.outbox import services as outbox
from meetings.emails import EMBARGO_LINK, send_embargo_link
from meetings.models import Communique, EmbargoReader, Meeting, OwnAccount
from meetings.states import CommuniqueState
from organizations.models import Organization

#: A link is valid for so many days after publication: then it says where the text is.
DAYS_AFTER = 7
#: From then on it is nobody's business who read it early.
FORGOTTEN_AFTER = datetime.timedelta(days=30)


@transaction.atomic
def grant_early_access(
    communique: Communique,
    *,
    name: str,
    outlet: str,
    address: str,
    language: str,
    actor: User | None,
    now: datetime.datetime,
) -> EmbargoReader:
    """Let somebody read a communiqué before it is published. Returns the EmbargoReader.

    Writes to them a personal link that can be revoked.
    Raises NotNow where no time is announced or it is published, Incomplete where they have a link already.
    """
    lock(communique.meeting)
    communique = lock(communique, "meeting")
    publishes_at = communique.publishes_at if communique.state == CommuniqueState.SIGNING else None
    if publishes_at is None or communique.is_published_at(now):
        raise NotNow(_("It can be read early only once its time is announced and until it is published."))
    if not name.strip():
        raise Incomplete({"name": _("Enter the name of the person the link is for.")})
    if communique.readers.filter(address=address.lower(), revoked_at=None).exists():
        raise Incomplete({"address": _("This person already has a link. Withdraw it to give them another.")})
    reader = EmbargoReader.objects.create(
        communique=communique,
        name=name.strip(),
        outlet=outlet.strip(),
        address=address.lower(),
        language=language,
        given_at=now,
    )
    days = (publishes_at - now).days + 1 + DAYS_AFTER
    token = issue_link(EMBARGO_LINK, communique.meeting.code, reader.address, now, days)
    send_embargo_link(communique, reader, token, now)
    journal.record(actor, "embargo_given", communique.meeting.code, now, reader=reader.pk)
    return reader


@transaction.atomic
def revoke_early_access(reader: EmbargoReader, *, actor: User | None, now: datetime.datetime) -> None:
    """Revoke a reader's link: its page shows nothing from then on. Twice is once."""
    if EmbargoReader.objects.filter(pk=reader.pk, revoked_at=None).update(revoked_at=now):
        code = reader.communique.meeting.code
        revoke_links(EMBARGO_LINK, code, reader.address, now)
        journal.record(actor, "embargo_revoked", code, now, reader=reader.pk)


def forget_early_readers(*, now: datetime.datetime) -> int:
    """Delete who read communiqués early a month after their publication, or after their time where never published.

    Deletes their names, addresses, links and the mails to them; the journal records how many there were. Each
    communiqué in a transaction of its own. Returns how many were deleted.
    """
    before = now - FORGOTTEN_AFTER
    is_old = Q(published_at__lt=before) | Q(published_at=None, publishes_at__lt=before)
    communiques = Communique.objects.exclude(readers=None).filter(is_old)
    return sum(_forget_readers(communique, now) for communique in communiques.select_related("meeting").distinct())


@transaction.atomic
def _forget_readers(communique: Communique, now: datetime.datetime) -> int:
    code = communique.meeting.code
    count = communique.readers.all().delete()[0]
    forget_links(EMBARGO_LINK, code)
    outbox.forget(EMBARGO_LINK, code)
    journal.record(None, "embargo_readers_forgotten", code, now, readers=count)
    return count


@transaction.atomic
def add_account(
    meeting: Meeting,
    *,
    organization: Organization,
    title: str,
    url: str,
    language: str,
    actor: User | None,
    now: datetime.datetime,
) -> OwnAccount:
    """Link the account of a meeting that an organisation published elsewhere. Returns the OwnAccount.

    Raises Incomplete without a title, and where the address is linked already.
    """
    if not title.strip():
        raise Incomplete({"title": _("Enter its title.")})
    if meeting.accounts.filter(url=url).exists():
        raise Incomplete({"url": _("This address is already linked.")})
    account = OwnAccount.objects.create(
        meeting=meeting,
        organization=organization,
        title=title.strip(),
        url=url,
        language=language,
        author=journal.key(actor),
        added_at=now,
    )
    journal.record(actor, "account_linked", meeting.code, now, organization=organization.acronym)
    return account


@transaction.atomic
def remove_account(account: OwnAccount, *, actor: User | None, now: datetime.datetime) -> None:
    """Remove the link to an organisation's own account."""
    journal.record(actor, "account_unlinked", account.meeting.code, now, organization=account.organization.acronym)
    account.delete()

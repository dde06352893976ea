"""Papers of agenda items."""

import datetime
from dataclasses import dataclass

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import File
from core import journal
from core.errors import Incomplete, NotNow
from core.files import Kind
from core.locks import lock
from meetings.models import AgendaItem, Paper
from meetings.states import MeetingState
from organizations.models import Organization

MOST_PAPERS = 20


@dataclass(frozen=True)
class NewPaper:
    """A file to attach; `kind` is what `core.files.kind_of` found in it."""

    title: str
    upload: Upload
    kind: Kind
    visibility: str
    embargo_until: datetime.datetime | None = None


@transaction.atomic
def add_paper(
    item: AgendaItem,
    *,
    paper: NewPaper,
    organization: Organization | None,
    actor: User | None,
    now: datetime.datetime,
) -> Paper:
    """Attach a file to an agenda item, for an organisation or (None) the coordination team. Returns the Paper.

    Raises NotNow where the meeting is cancelled, the item removed or has too many papers, Incomplete without a title.
    """
    meeting = lock(item.meeting)
    try:
        item = lock(item)
    except AgendaItem.DoesNotExist as error:
        raise NotNow(_("This item is no longer on the agenda.")) from error
    if meeting.state == MeetingState.CANCELLED:
        raise NotNow(_("This item is no longer on the agenda."))
    if item.papers.count() >= MOST_PAPERS:
        raise NotNow(_("An item can have at most 20 papers."))
    if not paper.title.strip():
        raise Incomplete({"title": _("Give it a title.")})
    file = File(
        title=paper.title.strip(),
        media=paper.kind.media,
        ending=paper.kind.ending,
        size=paper.upload.size,
        organization=organization,
        visibility=paper.visibility,
        embargo_until=paper.embargo_until,
        author=journal.key(actor),
        added_at=now,
    )
    paper.upload.seek(0)
    file.stored.save("paper", paper.upload, save=False)
    stored = file.stored
    try:
        with transaction.atomic():
            file.save()
            row = Paper.objects.create(item=item, file=file)
    except BaseException:
        stored.delete(save=False)
        raise
    journal.record(actor, "paper_added", meeting.code, now, item=item.pk, file=file.pk, size=file.size)
    return row


@transaction.atomic
def remove_paper(paper: Paper, *, actor: User | None, now: datetime.datetime) -> None:
    """Remove a paper from its item; its stored file is deleted once the transaction is committed."""
    code, file = paper.item.meeting.code, paper.file
    journal.record(actor, "paper_removed", code, now, item=paper.item_id, file=file.pk)
    paper.delete()
    file.delete()
    transaction.on_commit(lambda: file.stored.delete(save=False))

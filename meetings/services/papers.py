"""Papers of the agenda."""

from django.db import transaction
from django.utils.translation import gettext as _

from commons.models import File
from core import journal
from core.errors import Incomplete, NotNow
from meetings.models import AgendaItem, Paper
from meetings.services.common import locked
from meetings.states import MeetingState

MOST_PAPERS = 20


@transaction.atomic
def add_paper(item, *, title, upload, kind, organization, visibility, embargo_until, actor, now):
    """Put a file beside a point. `kind` is what `core.files.kind_of` found; `organization` None: the coordination team.

    Raises NotNow once the meeting is cancelled or the point is gone, Incomplete without a title. Returns the Paper.
    """
    meeting = locked(item.meeting)
    item = AgendaItem.objects.select_for_update().filter(pk=item.pk).first()
    if item is None or meeting.state == MeetingState.CANCELLED:
        raise NotNow(_("This item is no longer on the agenda."))
    if item.papers.count() >= MOST_PAPERS:
        raise NotNow(_("An item can have at most 20 papers."))
    if not title.strip():
        raise Incomplete({"title": _("Give it a title.")})
    file = File(
        title=title.strip(), media=kind.media, ending=kind.ending, size=upload.size, organization=organization,
        visibility=visibility, embargo_until=embargo_until, author=journal.key(actor), added_at=now,
    )  # fmt: skip
    upload.seek(0)
    file.stored.save("paper", upload, save=False)
    stored = file.stored
    try:
        with transaction.atomic():
            file.save()
            paper = Paper.objects.create(item=item, file=file)
    except BaseException:
        stored.storage.delete(stored.name)
        raise
    journal.record(actor, "paper_added", meeting.code, now, item=item.pk, file=file.pk, size=file.size)
    return paper


@transaction.atomic
def remove_paper(paper, *, actor, now):
    """Take a paper off; its bytes go once that is certain."""
    code, file = paper.item.meeting.code, paper.file
    journal.record(actor, "paper_removed", code, now, item=paper.item_id, file=file.pk)
    paper.delete()
    file.delete()
    transaction.on_commit(lambda: file.stored.storage.delete(file.stored.name))

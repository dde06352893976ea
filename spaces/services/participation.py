"""Acts on our part in editions: what the organisations plan, commit to and do there."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from core.text import shown
from core.visibility import Visibility
from organizations.models import Organization, Person
from spaces.models import Edition, ParticipationAction
from spaces.states import OPEN_PARTS, PARTICIPATION_MOVES, EditionState, ParticipationKind, ParticipationState

#: The reports that bring a new part to the state in which it is recorded.
_STEPS_TO = {
    ParticipationState.PLANNED: (),
    ParticipationState.COMMITTED: (ParticipationState.COMMITTED,),
    ParticipationState.DONE: (ParticipationState.COMMITTED, ParticipationState.DONE),
}


@dataclass(frozen=True)
class Part:
    """What an organisation does in an edition, as it was written in a form; `title` in `language`, or empty."""

    kind: str
    title: str
    language: str
    person: Person | None = None
    evidence: str = ""
    visibility: str = Visibility.PUBLIC


@transaction.atomic
def record_participation(
    edition: Edition,
    organization: Organization,
    part: Part,
    *,
    state: str,
    came_from: str = "",
    actor: User,
    now: datetime.datetime,
) -> ParticipationAction:
    """Record what an organisation does in an edition; `came_from` is the code it comes from, or empty.

    An editor plans; who speaks for the organisation may say at once that it is committed or done. Without a title it
    is called after its kind and the edition. Journals `participation_recorded` and each step. Raises NotNow where the
    edition was cancelled, Incomplete where the code is none.
    """
    came_from = origin_code(came_from, actor, now)
    if edition.state == EditionState.CANCELLED:
        raise NotNow(_("This edition was cancelled."))
    row = ParticipationAction(
        edition=edition,
        organization=organization,
        kind=part.kind,
        source_language=part.language,
        person=part.person,
        evidence=part.evidence,
        visibility=part.visibility,
        is_demo=edition.is_demo,
    )
    setattr(row, f"title_{part.language}", _title(part, edition))
    records.create("PAR", edition.year, row)
    if came_from:
        records.link(came_from, row.code, now, LinkKind.CAME_FROM, by=journal.key(actor))
    journal.record(
        actor, "participation_recorded", row.code, now, edition=edition.code, organization=organization.acronym
    )
    for step in _STEPS_TO[ParticipationState(state)]:
        row = report_participation(row, state=step, reason="", evidence=part.evidence, actor=actor, now=now)
    return row


@transaction.atomic
def edit_participation(
    row: ParticipationAction, part: Part, *, version: int, actor: User | None, now: datetime.datetime
) -> ParticipationAction:
    """Correct our part while it is planned or committed; `version` is the one its writer had before them.

    Journals `participation_edited`. Raises NotNow where it is done or not continued, and Conflict, carrying the row as
    it is now, where somebody else wrote meanwhile.
    """
    row = lock(row, "edition")
    if not row.still_changes:
        raise NotNow(_("It is done or not continued, and can no longer change."))
    if version != row.version:
        raise Conflict(row)
    if row.source_language != part.language:
        setattr(row, f"title_{row.source_language}", "")
    setattr(row, f"title_{part.language}", _title(part, row.edition))
    row.source_language, row.kind, row.person = part.language, part.kind, part.person
    row.evidence, row.visibility, row.version = part.evidence, part.visibility, row.version + 1
    row.save()
    records.touch(row.code)
    journal.record(actor, "participation_edited", row.code, now)
    return row


@transaction.atomic
def report_participation(
    row: ParticipationAction,
    *,
    state: str,
    reason: str,
    evidence: str,
    actor: User,
    now: datetime.datetime,
) -> ParticipationAction:
    """Change the state of our part: committed, done, not continued; evidence replaces what was there.

    Journals `participation_reported`. Raises PermissionDenied where somebody commits who does not speak for the
    organisation, NotNow where the state does not follow, Incomplete where what is not continued has no reason.
    """
    row = lock(row)
    if state == ParticipationState.COMMITTED:
        permissions.check_perm(actor, "spaces.commit_participation", row)
    if state == ParticipationState.DROPPED and not reason.strip():
        raise Incomplete({"reason": _("Say why it is not continued.")})
    move(row, ParticipationState(state), PARTICIPATION_MOVES)
    row.reason = reason.strip() if state == ParticipationState.DROPPED else ""
    row.evidence = evidence or row.evidence
    row.reported_at = now
    row.save(update_fields=["state", "reason", "evidence", "reported_at"])
    records.touch(row.code)
    journal.record(actor, "participation_reported", row.code, now, state=state)
    return row


@transaction.atomic
def hand_over_participation(
    organization: Organization, codes: Collection[str], *, giver: Person, receiver: Person
) -> list[ParticipationAction]:
    """Name another person on an organisation's open parts in editions. Returns those that changed."""
    # Several rows are locked, in the order of their codes, so that two who hand over the same do not wait for each other.
    rows = ParticipationAction.objects.select_for_update().filter(
        organization=organization, code__in=codes, person=giver
    )
    moved = list(rows.filter(state__in=OPEN_PARTS).order_by("code"))
    for row in moved:
        row.person = receiver
        row.save(update_fields=["person"])
        records.touch(row.code)
    return moved


def _title(part: Part, edition: Edition) -> str:
    """The title as written, or the kind of part and the edition, in the part's language."""
    if part.title.strip():
        return part.title.strip()
    with override({"pt": "pt-br", "fr": "en"}.get(part.language, part.language)):
        kind = capfirst(ParticipationKind(part.kind).label)
        return f"{kind}: {shown(edition, 'title', part.language).value or edition}"[:240]

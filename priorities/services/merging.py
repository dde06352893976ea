"""Acts on merging a threat or opportunity into another that says the same, with the consent of its organisation."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import journal, permissions
from core.errors import Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.states import move
from priorities.models import Endorsement, ThreatOpportunity
from priorities.services.threats import check_is_open, check_is_undecided
from priorities.states import OPEN_THREAT_STATES, THREAT_MOVES, ThreatState


@transaction.atomic
def merge_threat(
    threat: ThreatOpportunity, *, target: ThreatOpportunity, actor: User, now: datetime.datetime
) -> ThreatOpportunity:
    """Merge a threat that nobody owns into another; for an attributed one, ask its organisation first.

    Returns it, merged or waiting for the answer. Raises NotNow, Incomplete where the two cannot be merged.
    """
    # The lower id first: two that are merged into each other at the same time do not wait for each other for ever.
    locked = {pk: lock(row) for pk, row in sorted({threat.pk: threat, target.pk: target}.items())}
    threat, target = locked[threat.pk], locked[target.pk]
    if threat.pk == target.pk:
        raise Incomplete({"into": _("It cannot be merged into itself.")})
    if threat.cycle_id != target.cycle_id or threat.kind != target.kind:
        raise Incomplete({"into": _("Only two of the same kind and year can be merged.")})
    if target.state not in OPEN_THREAT_STATES or target.merge_wanted_id:
        raise Incomplete({"into": _("That one has itself been merged or withdrawn, or is waiting to be merged.")})
    check_is_undecided(threat)
    if not threat.is_attributed:
        return _merge(threat, target, actor, now)
    threat.merge_wanted = target
    threat.save(update_fields=["merge_wanted"])
    journal.record(actor, "merge_asked", threat.code, now, into=target.code)
    return threat


@transaction.atomic
def answer_merge(threat: ThreatOpportunity, *, accept: bool, actor: User, now: datetime.datetime) -> ThreatOpportunity:
    """Merge a threat or leave it as it is, as the organisation that filed it answers.

    Raises PermissionDenied, and NotNow where nobody asked or the other one was merged or withdrawn meanwhile.
    """
    threat = lock(threat)
    permissions.check_perm(actor, "priorities.answer_merge", threat)
    if threat.merge_wanted is None or threat.state != ThreatState.FILED:
        raise NotNow(_("There is no pending request to merge it."))
    target = lock(threat.merge_wanted)
    threat.merge_wanted = None
    if not accept:
        threat.save(update_fields=["merge_wanted"])
        journal.record(actor, "merge_refused", threat.code, now, into=target.code)
        return threat
    check_is_open(target)
    return _merge(threat, target, actor, now)


def _merge(
    threat: ThreatOpportunity, target: ThreatOpportunity, actor: User, now: datetime.datetime
) -> ThreatOpportunity:
    """Move its endorsements over, each organisation once, and whatever was merged into it before."""
    move(threat, ThreatState.MERGED, THREAT_MOVES)
    threat.merged_into, threat.merge_wanted = target, None
    threat.save(update_fields=["state", "merged_into", "merge_wanted"])
    ThreatOpportunity.objects.filter(merged_into=threat).update(merged_into=target)
    endorsing = target.endorsements.values("organization_id")
    for endorsement in threat.endorsements.exclude(organization__in=endorsing):
        Endorsement.objects.create(threat=target, organization=endorsement.organization, at=endorsement.at)
    records.touch(threat.code)
    records.touch(target.code)
    journal.record(actor, "threat_merged", threat.code, now, into=target.code)
    return threat

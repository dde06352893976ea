"""Threats and opportunities: filed with or without attribution, endorsed, merged by consent, adopted or set aside."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.states import move
from priorities.models import Endorsement, PlanningCycle, ThreatOpportunity
from priorities.services.plans import check_accepts
from priorities.states import THREAT_MOVES, THREAT_STANDS, Scope, ThreatState

FIELDS = ("kind", "theme", "scope", "country", "impact", "urgency")


def locked(threat):
    return ThreatOpportunity.objects.select_for_update().get(pk=threat.pk)


def _fill(row, values):
    wrong = {}
    if not values["title"].strip():
        wrong["title"] = _("Say it in one line.")
    if values["scope"] == Scope.NATIONAL and not values["country"]:
        wrong["country"] = _("Choose the country.")
    if values["scope"] != Scope.NATIONAL and values["country"]:
        wrong["country"] = _("Choose a country only if the scope is national.")
    if wrong:
        raise Incomplete(wrong)
    for name in FIELDS:
        setattr(row, name, values[name])
    language = values["language"]
    for name in ("title", "why"):
        if row.source_language != language:
            setattr(row, f"{name}_{row.source_language}", "")
        setattr(row, f"{name}_{language}", values[name].strip())
    row.source_language = language


@transaction.atomic
def file_threat(cycle, organization, *, actor, now, is_demo=False, **values):
    """File a threat or opportunity while the cycle accepts plans. Returns the ThreatOpportunity.

    With `organization` None it is not attributed: neither here nor in the journal, a revision or a hash is anything
    written from which its author could be told, so nobody can correct it afterwards.
    """
    cycle = PlanningCycle.objects.select_for_update().get(pk=cycle.pk)
    check_accepts(cycle, now)
    row = ThreatOpportunity(cycle=cycle, organization=organization, is_demo=is_demo)
    _fill(row, values)
    records.create("THR", cycle.year, row)
    if organization is not None:
        Endorsement.objects.create(threat=row, organization=organization, at=now)
        journal.record(actor, "threat_filed", row.code, now, organization=organization.acronym)
    return row


@transaction.atomic
def edit_threat(row, *, version, actor, now, **values):
    """Correct one's own while the cycle is open. Raises Conflict, NotNow."""
    row = locked(row)
    check_accepts(row.cycle, now)
    if row.state != ThreatState.FILED:
        raise NotNow(_("It has been decided on, merged or withdrawn, and can no longer change."))
    if version != row.version:
        raise Conflict(row)
    _fill(row, values)
    row.version += 1
    row.save()
    records.touch(row.code)
    journal.record(actor, "threat_edited", row.code, now)
    return row


@transaction.atomic
def withdraw_threat(row, *, actor, now):
    """Take one's own back while the cycle is open."""
    row = locked(row)
    check_accepts(row.cycle, now)
    move(row, ThreatState.WITHDRAWN, THREAT_MOVES)
    row.merge_wanted = None
    row.save(update_fields=["state", "merge_wanted"])
    records.touch(row.code)
    journal.record(actor, "threat_withdrawn", row.code, now)
    return row


@transaction.atomic
def endorse(row, organization, *, actor, now):
    """An organisation stands behind it; asking twice changes nothing. Returns the Endorsement."""
    row = locked(row)
    _stands(row)
    made, new = Endorsement.objects.get_or_create(threat=row, organization=organization, defaults={"at": now})
    if new:
        records.touch(row.code)
        journal.record(actor, "threat_endorsed", row.code, now, organization=organization.acronym)
    return made


@transaction.atomic
def unendorse(row, organization, *, actor, now):
    """Take an endorsement back. Whoever filed it goes on standing behind it: it may be withdrawn instead."""
    row = locked(row)
    _stands(row)
    if row.organization_id == organization.pk:
        raise NotNow(_("Your organisation submitted it. You can withdraw it while the year is open."))
    if not row.endorsements.filter(organization=organization).delete()[0]:
        raise NotNow(_("Your organisation does not support it."))
    records.touch(row.code)
    journal.record(actor, "threat_unendorsed", row.code, now, organization=organization.acronym)


def _stands(row):
    if row.state not in THREAT_STANDS:
        raise NotNow(_("It was merged or withdrawn."))


@transaction.atomic
def decide_threat(row, state, *, reason, came_from, actor, now):
    """Adopt it or set it aside, as the meeting did; `came_from` is the code of its decision, where there is one."""
    row = locked(row)
    state = ThreatState(state)
    if state not in (ThreatState.ADOPTED, ThreatState.SET_ASIDE):
        raise Incomplete({"state": _("Choose one of the two.")})
    if state == ThreatState.SET_ASIDE and not reason.strip():
        raise Incomplete({"reason": _("Give the reason; the member organisations will see it.")})
    decision = records.origin(came_from, actor, now)
    move(row, state, THREAT_MOVES)
    row.reason = reason.strip()
    row.merge_wanted = None
    row.save(update_fields=["state", "reason", "merge_wanted"])
    if decision:
        records.link(row.code, decision, now, LinkKind.RESULT_OF, by=journal.key(actor))
    records.touch(row.code)
    journal.record(actor, "threat_decided", row.code, now, state=state)
    return row


@transaction.atomic
def merge_threat(row, target, *, actor, now):
    """Put one into another that says the same. An attributed one waits for its organisation's yes; one that nobody
    owns is merged at once. Raises Incomplete where the two cannot be merged."""
    first, second = sorted((row.pk, target.pk))
    both = {one.pk: one for one in ThreatOpportunity.objects.select_for_update().filter(pk__in=[first, second])}
    row, target = both[row.pk], both[target.pk]
    if row.pk == target.pk:
        raise Incomplete({"into": _("It cannot be merged into itself.")})
    if row.cycle_id != target.cycle_id or row.kind != target.kind:
        raise Incomplete({"into": _("Only two of the same kind and year can be merged.")})
    if target.state not in THREAT_STANDS or target.merge_wanted_id:
        raise Incomplete({"into": _("That one has itself been merged or withdrawn, or is waiting to be merged.")})
    if row.state != ThreatState.FILED:
        raise NotNow(_("It has been decided on, merged or withdrawn, and can no longer change."))
    if row.is_attributed:
        row.merge_wanted = target
        row.save(update_fields=["merge_wanted"])
        journal.record(actor, "merge_asked", row.code, now, into=target.code)
        return row
    return _merge(row, target, actor, now)


@transaction.atomic
def answer_merge(row, *, accept, actor, now):
    """The organisation that filed it says yes or no to merging it. Raises Refused, NotNow."""
    row = locked(row)
    permissions.check_perm(actor, "priorities.answer_merge", row)
    if row.merge_wanted_id is None or row.state != ThreatState.FILED:
        raise NotNow(_("There is no pending request to merge it."))
    target = locked(row.merge_wanted)
    row.merge_wanted = None
    if not accept:
        row.save(update_fields=["merge_wanted"])
        journal.record(actor, "merge_refused", row.code, now, into=target.code)
        return row
    _stands(target)
    return _merge(row, target, actor, now)


def _merge(row, target, actor, now):
    """Its endorsements go over, each organisation once; whatever was merged into it goes along."""
    move(row, ThreatState.MERGED, THREAT_MOVES)
    row.merged_into, row.merge_wanted = target, None
    row.save(update_fields=["state", "merged_into", "merge_wanted"])
    ThreatOpportunity.objects.filter(merged_into=row).update(merged_into=target)
    there = set(target.endorsements.values_list("organization_id", flat=True))
    for one in row.endorsements.exclude(organization__in=there):
        try:
            with transaction.atomic():
                Endorsement.objects.create(threat=target, organization=one.organization, at=one.at)
        except IntegrityError:
            continue
    records.touch(row.code)
    records.touch(target.code)
    journal.record(actor, "threat_merged", row.code, now, into=target.code)
    return row

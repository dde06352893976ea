"""Acts on threats and opportunities: filed with or without attribution, endorsed, adopted or set aside."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from commons.models import Theme
from core import journal
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.queries import origin_code
from core.states import move
from organizations.models import Organization
from priorities.models import Endorsement, PlanningCycle, ThreatOpportunity
from priorities.services.cycles import check_accepts
from priorities.states import OPEN_THREAT_STATES, THREAT_MOVES, Scope, ThreatState


@dataclass(frozen=True)
class ThreatDetails:
    """What a threat or opportunity says, in the language of its writer."""

    kind: str
    title: str
    why: str
    theme: Theme | None
    scope: str
    country: str
    impact: int
    urgency: int
    language: str


def check_is_open(threat: ThreatOpportunity) -> None:
    """Raise NotNow where a threat was merged or withdrawn."""
    if threat.state not in OPEN_THREAT_STATES:
        raise NotNow(_("It was merged or withdrawn."))


def check_is_undecided(threat: ThreatOpportunity) -> None:
    """Raise NotNow unless a threat is as it was filed."""
    if threat.state != ThreatState.FILED:
        raise NotNow(_("It has been decided on, merged or withdrawn, and can no longer change."))


def _fill(threat: ThreatOpportunity, details: ThreatDetails) -> None:
    wrong = {}
    if not details.title.strip():
        wrong["title"] = _("Say it in one line.")
    if details.scope == Scope.NATIONAL and not details.country:
        wrong["country"] = _("Choose the country.")
    if details.scope != Scope.NATIONAL and details.country:
        wrong["country"] = _("Choose a country only if the scope is national.")
    if wrong:
        raise Incomplete(wrong)
    threat.kind, threat.theme = details.kind, details.theme
    threat.scope, threat.country = details.scope, details.country
    threat.impact, threat.urgency = details.impact, details.urgency
    for name, text in (("title", details.title), ("why", details.why)):
        if threat.source_language != details.language:
            setattr(threat, f"{name}_{threat.source_language}", "")
        setattr(threat, f"{name}_{details.language}", text.strip())
    threat.source_language = details.language


@transaction.atomic
def file_threat(
    cycle: PlanningCycle,
    *,
    organization: Organization | None,
    details: ThreatDetails,
    actor: User,
    now: datetime.datetime,
    is_demo: bool = False,
) -> ThreatOpportunity:
    """File a threat or opportunity while the cycle accepts plans; its organisation endorses it at once.

    With `organization` None it is not attributed: neither here nor in the journal, a revision or a hash is anything
    written from which its author could be inferred, so nobody can correct it afterwards.
    Raises NotNow, Incomplete.
    """
    cycle = lock(cycle)
    check_accepts(cycle, now)
    threat = ThreatOpportunity(cycle=cycle, organization=organization, is_demo=is_demo)
    _fill(threat, details)
    records.create("THR", cycle.year, threat)
    if organization is not None:
        Endorsement.objects.create(threat=threat, organization=organization, at=now)
        journal.record(actor, "threat_filed", threat.code, now, organization=organization.acronym)
    return threat


@transaction.atomic
def edit_threat(
    threat: ThreatOpportunity, *, details: ThreatDetails, version: int | None, actor: User, now: datetime.datetime
) -> ThreatOpportunity:
    """Correct an organisation's own threat while the cycle is open and nothing is decided on it.

    Raises Conflict where another wrote meanwhile, NotNow, Incomplete.
    """
    threat = lock(threat)
    check_accepts(threat.cycle, now)
    check_is_undecided(threat)
    if version != threat.version:
        raise Conflict(threat)
    _fill(threat, details)
    threat.version += 1
    threat.save()
    records.touch(threat.code)
    journal.record(actor, "threat_edited", threat.code, now)
    return threat


@transaction.atomic
def withdraw_threat(threat: ThreatOpportunity, *, actor: User, now: datetime.datetime) -> ThreatOpportunity:
    """Take an organisation's own threat back while the cycle is open. Raises NotNow."""
    threat = lock(threat)
    check_accepts(threat.cycle, now)
    move(threat, ThreatState.WITHDRAWN, THREAT_MOVES)
    threat.merge_wanted = None
    threat.save(update_fields=["state", "merge_wanted"])
    records.touch(threat.code)
    journal.record(actor, "threat_withdrawn", threat.code, now)
    return threat


@transaction.atomic
def endorse(
    threat: ThreatOpportunity, *, organization: Organization, actor: User, now: datetime.datetime
) -> Endorsement:
    """Endorse a threat in an organisation's name; a second time changes nothing. Raises NotNow."""
    threat = lock(threat)
    check_is_open(threat)
    endorsement, is_new = Endorsement.objects.get_or_create(
        threat=threat, organization=organization, defaults={"at": now}
    )
    if is_new:
        records.touch(threat.code)
        journal.record(actor, "threat_endorsed", threat.code, now, organization=organization.acronym)
    return endorsement


@transaction.atomic
def unendorse(threat: ThreatOpportunity, *, organization: Organization, actor: User, now: datetime.datetime) -> None:
    """Take an organisation's endorsement back. The one that filed the threat cannot: it may withdraw it instead.

    Raises NotNow.
    """
    threat = lock(threat)
    check_is_open(threat)
    if threat.organization_id == organization.pk:
        raise NotNow(_("Your organisation submitted it. You can withdraw it while the year is open."))
    if not threat.endorsements.filter(organization=organization).delete()[0]:
        raise NotNow(_("Your organisation does not support it."))
    records.touch(threat.code)
    journal.record(actor, "threat_unendorsed", threat.code, now, organization=organization.acronym)


@transaction.atomic
def decide_threat(
    threat: ThreatOpportunity, *, state: str, reason: str, came_from: str, actor: User, now: datetime.datetime
) -> ThreatOpportunity:
    """Adopt a threat or set it aside, as the meeting did; `came_from` is the code of its decision, or empty.

    Raises NotNow, Incomplete.
    """
    threat = lock(threat)
    state = ThreatState(state)
    if state not in (ThreatState.ADOPTED, ThreatState.SET_ASIDE):
        raise Incomplete({"state": _("Choose one of the two.")})
    if state == ThreatState.SET_ASIDE and not reason.strip():
        raise Incomplete({"reason": _("Give the reason; the member organisations will see it.")})
    decision = origin_code(came_from, actor, now)
    move(threat, state, THREAT_MOVES)
    threat.reason = reason.strip()
    threat.merge_wanted = None
    threat.save(update_fields=["state", "reason", "merge_wanted"])
    if decision:
        records.link(threat.code, decision, now, LinkKind.RESULT_OF, by=journal.key(actor))
    records.touch(threat.code)
    journal.record(actor, "threat_decided", threat.code, now, state=state)
    return threat

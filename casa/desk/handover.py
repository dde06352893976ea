"""Handing a person's open assignments to another of the same organisation: actions and parts in editions that name them."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commons.models import ActionItem
from commons.services import actions
from core import clock, journal
from core.errors import Incomplete
from core.outbox.services import enqueue
from core.text import shown
from organizations.models import Mandate, Person
from spaces.models import ParticipationAction
from spaces.services import participation
from spaces.states import OPEN_PARTS


def open_assignments(organization, person=None):
    """([ActionItem], [ParticipationAction]) of an organisation that name a person (None: anybody) and are unfinished."""
    named = {"organization": organization, "person": person} if person else {"organization": organization}
    actions = ActionItem.objects.filter(**named).exclude(person=None).unfinished().overdue_first()
    parts = ParticipationAction.objects.filter(**named, state__in=OPEN_PARTS).exclude(person=None).in_order()
    return list(actions.select_related("person")), list(parts)


def holders(organization, now):
    """[Person] who hold a role in it today: those to whom something may be handed."""
    today = clock.today(now, settings.CASA_ZONE)
    held = Mandate.objects.on(today).filter(organization=organization)
    return list(Person.objects.filter(mandates__in=held).distinct().select_related("user").order_by("name", "pk"))


@transaction.atomic
def hand_over(organization, *, giver, receiver, codes, actor, now):
    """Move the chosen open assignments that name `giver` to `receiver`, who gets a mail. Returns how many.

    Raises Incomplete where nothing is chosen, both are the same, or the receiver holds no role in it today. What was
    handed over or finished meanwhile is left alone.
    """
    wrong = {}
    if receiver is None or receiver not in holders(organization, now):
        wrong["receiver"] = _("Choose somebody who has a role in this organisation today.")
    elif giver == receiver:
        wrong["receiver"] = _("That person already has these.")
    if not codes:
        wrong["codes"] = _("Choose what to hand over.")
    if wrong:
        raise Incomplete(wrong)
    moved = [
        *actions.hand_over_actions(organization, codes, giver=giver, receiver=receiver),
        *participation.hand_over_participation(organization, codes, giver=giver, receiver=receiver),
    ]
    if not moved:
        raise Incomplete({"codes": _("None of this is still pending in that person's name.")})
    for row in moved:
        journal.record(actor, "handed_over", row.code, now, organization=organization.acronym)
    user = receiver.user
    if user and user.is_active:
        digest_source = "|".join([organization.acronym, user.email, now.isoformat(), *(row.code for row in moved)])
        enqueue(
            key=f"handover:{hashlib.sha256(digest_source.encode()).hexdigest()[:32]}",
            kind="handover",
            address=user.email,
            language=user.language,
            template="mail/desk/handover",
            at=now,
            context={
                "organization": organization,
                "titles": [(r.code, shown(r, "title", user.language)) for r in moved],
            },
        )
    return len(moved)

"""Scrutineers: named, told what they watch over, shown what the portal can check, asked whether the result conforms."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Incomplete, NotNow, PermissionDenied
from elections.emails import tell_conformity, tell_scrutineer
from elections.models import Scrutineer
from elections.services.common import locked, note, seal_of_event, sha256
from elections.services.eligibility import OVER
from elections.services.roll import seal_of
from elections.services.tallying import papers_of, tally
from elections.states import ElectionState
from organizations.standing import standing_of

S = ElectionState


@transaction.atomic
def name_scrutineer(election, *, person, organization, actor, now):
    """Somebody of a member organisation watches over the election: never a candidate or the officer."""
    election = locked(election)
    if election.is_over:
        raise NotNow(_("This election is over."))
    today = clock.today(now, settings.CASA_ZONE)
    if person.pk == election.officer_id:
        raise Incomplete({"person": _("The election officer cannot be a scrutineer.")})
    if election.nominations.filter(person=person).exclude(state__in=OVER).exists():
        raise Incomplete({"person": _("A candidate cannot be a scrutineer.")})
    if not person.may_sign_in or not person.mandates.on(today).filter(organization=organization).exists():
        raise Incomplete({"person": _("A scrutineer must have an account and be from the organisation.")})
    try:
        with transaction.atomic():
            row = Scrutineer.objects.create(election=election, person=person, organization=organization)
    except IntegrityError as error:
        raise Incomplete({"person": _("Scrutineers must be from different organisations.")}) from error
    note(election, "scrutineer_named", actor, now, organization=organization.slug)
    tell_scrutineer(row, now)
    return row


@transaction.atomic
def remove_scrutineer(row, actor, now):
    """A scrutineer who cannot serve; not once they have said whether the election conforms."""
    election = locked(row.election)
    row = Scrutineer.objects.select_related("organization").get(pk=row.pk)
    if row.conforms is not None or election.is_over:
        raise NotNow(_("They have already answered about the result and cannot be removed."))
    row.delete()
    note(election, "scrutineer_removed", actor, now, organization=row.organization.slug)


@transaction.atomic
def say_conformity(election, *, conforms, remark, actor, now):
    """A scrutineer says whether the provisional result conforms; if not, why. They may think again until certified."""
    election = locked(election)
    row = election.scrutineers.filter(person=standing_of(actor, now).person_id).select_related("organization").first()
    if row is None:
        raise PermissionDenied(_("Only the scrutineers of this election can do this."))
    if election.state != S.PROVISIONAL:
        raise NotNow(_("Scrutineers answer once there is a provisional result."))
    if not conforms and not remark.strip():
        raise Incomplete({"remark": _("Say why you do not confirm it.")})
    row.conforms, row.remark, row.said_at = conforms, remark.strip(), now
    row.save()
    note(election, "conformity" if conforms else "no_conformity", actor, now, organization=row.organization.slug)
    return row


def check_conformity(election):
    """Raise NotNow while a scrutineer has not said that the result conforms."""
    for row in election.scrutineers.select_related("person"):
        if row.conforms is None:
            raise NotNow(
                _("%(name)s, scrutineer, has not yet said whether they confirm the result.") % {"name": row.person.name}
            )
        if not row.conforms:
            words = _("%(name)s, scrutineer, does not confirm the result: %(remark)s")
            raise NotNow(words % {"name": row.person.name, "remark": row.remark})


def ask_scrutineers(election, now):
    """There is a provisional result, or another one: what they said of the one before holds no more, and each is asked.
    The caller holds the election and has noted the act."""
    election.scrutineers.update(conforms=None, remark="", said_at=None)
    tell_conformity(election, now)


def checks(election):
    """[(sentence, whether it holds)]: what the portal can say of itself at this moment, counting again included."""
    events = list(election.events.all())
    facts = {event.verb: event.facts for event in events}
    found = []
    if "called" in facts:
        found.append((_("The rules are those of the call."), sha256(election.rules) == facts["called"]["rules"]))
    if published := facts.get("roll_corrected") or facts.get("roll_published"):
        sentence = _("The roll is the one that was published, with its corrections.")
        found.append((sentence, seal_of(election) == published["roll"]))
    found.append((_("The sealed acts follow each other, and none was changed."), _is_chain(events)))
    if election.result_known:
        told = [event.facts["result"] for event in events if "result" in event.facts]
        found.append((_("The result is the one that was sealed."), told[-1:] == [sha256(election.result)]))
    if election.result_known and election.was_counted:
        found.append(
            (_("The ballots are the same as at closing."), sha256(papers_of(election)) == facts["closed"]["ballots"])
        )
        draw = getattr(election, "draw", None)
        again = tally(election, draw.order if draw else ())
        found.append(
            (_("Counted again just now, the ballots give the same result."), sha256(again) == sha256(election.result))
        )
    return found


def _is_chain(events):
    previous = ""
    for number, event in enumerate(events, 1):
        if (event.number, event.previous) != (number, previous) or seal_of_event(event) != event.digest:
            return False
        previous = event.digest
    return True

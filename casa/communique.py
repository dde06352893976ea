"""The draft of a communiqué, from what every app knows of the meeting: decisions, agreed projects, elected names.

Only what a visitor will be able to read once it is published goes in.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from committees.models import Term
from core import dates
from core.text import shown
from core.visibility import Visibility
from elections.models import Election
from priorities.models import CommonProject

INTERFACE = {"pt": "pt-br", "es": "es", "en": "en"}


def draft(meeting, now):
    """Markdown in the meeting's official language."""
    language = meeting.source_language
    with translation.override(INTERFACE.get(language, "en")):
        days = meeting.days or [meeting.starts_on]
        parts = [_opening(meeting)]
        parts += _chapter(_("What was decided"), _decisions(meeting))
        parts += _chapter(_("What the organisations do together"), _projects(meeting, days, now))
        parts += _chapter(_("Who represents the technical community"), _elected(meeting, days, now))
    return "\n\n".join(parts)


def _opening(meeting):
    rows = meeting.attendances.exclude(presence="apologies").select_related("organization")
    names = dict.fromkeys(row.organization.acronym for row in rows.order_by("organization__position"))
    facts = {
        "title": shown(meeting, "title").value,
        "place": meeting.place,
        "names": ", ".join(names),
        "days": dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision) if meeting.starts_on else "",
    }
    sentence = _("%(title)s, %(days)s, %(place)s.") if meeting.place else _("%(title)s, %(days)s.")
    there = _("Present: %(names)s.")
    return f"{sentence % facts} {there % facts}" if names else sentence % facts


def _chapter(title, lines):
    lines = list(lines)
    return [f"## {title}", "\n".join(f"- {line}" for line in lines)] if lines else []


def _decisions(meeting):
    rows = meeting.decisions.filter(visibility=Visibility.PUBLIC).by_number()
    return [shown(row, "title").value for row in rows]


def _projects(meeting, days, now):
    visitor = AnonymousUser()
    rows = CommonProject.objects.visible_to(visitor, now).filter(agreed_on__in=days).with_places(visitor, now)
    for row in rows.order_by("code"):
        names = ", ".join(place.organization.acronym for place in row.places)
        title = shown(row, "title").value
        yield f"{title} ({names})" if names else title


def _elected(meeting, days, now):
    elections = Election.objects.visible_to(AnonymousUser(), now).filter(state="certified")
    chosen = Q(chosen_in=meeting.code) | Q(chosen_in__in=elections.values("code"), starts_on__in=days)
    for term in Term.objects.filter(chosen).with_people():
        yield f"{term.person.name} ({term.organization.acronym}), {shown(term.seat.committee, 'name').value}"

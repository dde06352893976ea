"""The sentence that opens a year, and the first paragraph of what was agreed."""

import html
import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from core import dates, markdown
from core.text import Shown
from meetings.states import MeetingState

LEDE_WORDS = 110
#: A full stop, then a capital: "17.º LACIGF" and "a las 18.30" are not ends.
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÁÂÃÀÉÊÍÓÔÕÚÇÑ¿¡«“\"])")

#: Organisations are counted in words in a headline; more than twelve in figures.
COUNTS = {
    2: pgettext_lazy("organisations", "two"),
    3: pgettext_lazy("organisations", "three"),
    4: pgettext_lazy("organisations", "four"),
    5: pgettext_lazy("organisations", "five"),
    6: pgettext_lazy("organisations", "six"),
    7: pgettext_lazy("organisations", "seven"),
    8: pgettext_lazy("organisations", "eight"),
    9: pgettext_lazy("organisations", "nine"),
    10: pgettext_lazy("organisations", "ten"),
    11: pgettext_lazy("organisations", "eleven"),
    12: pgettext_lazy("organisations", "twelve"),
}


def sentence(year):
    """One sentence that says how the year stands."""
    meeting = year.annual
    if meeting is None:
        return _without_meeting(year)
    days = dates.span(meeting.starts_on, meeting.ends_on, meeting.date_precision)
    if meeting.state == MeetingState.PUBLISHED:
        return _published(year, meeting)
    if meeting.state == MeetingState.CONVENED:
        return _("The organisations meet on %(days)s. What they agree will be published here.") % {"days": days}
    if meeting.state == MeetingState.IN_SESSION:
        return _("The organisations are meeting now. What they agree will be published here.")
    return _("The organisations met on %(days)s. What they agreed will appear here once it is published.") % {
        "days": days
    }


def _published(year, meeting):
    count = meeting.organization_count
    facts = {"year": year.number, "month": dates.written(meeting.starts_on, "F") if meeting.starts_on else ""}
    if not meeting.starts_on or count < 2:
        return _("The organisations met to agree what to do together in %(year)s. See what came of it.") % facts
    facts["count"] = COUNTS.get(count, count)
    return (
        _("In %(month)s, %(count)s organisations agreed what to do together in %(year)s. See what came of it.") % facts
    )


def _without_meeting(year):
    if year.groups:
        return _("What the organisations set out to do in %(year)s.") % {"year": year.number}
    if year.arch or year.undated:
        return _("There is no record of an annual meeting in %(year)s. These are the dates and events on record.") % {
            "year": year.number
        }
    return _("Nothing from %(year)s is public yet.") % {"year": year.number}


def tally(counts):
    """`1 fulfilled, 3 under way` from {status: number}; what nobody has reported on yet stands as recorded."""
    parts = []
    if n := counts.get("fulfilled"):
        parts.append(ngettext("%(n)s fulfilled", "%(n)s fulfilled", n) % {"n": n})
    if n := counts.get("underway"):
        parts.append(ngettext("%(n)s under way", "%(n)s under way", n) % {"n": n})
    if n := counts.get("dropped"):
        parts.append(ngettext("%(n)s does not continue", "%(n)s do not continue", n) % {"n": n})
    if n := counts.get(""):
        parts.append(ngettext("%(n)s recorded", "%(n)s recorded", n) % {"n": n})
    return ", ".join(parts)


def first_paragraph(shown):
    """The first paragraph of a Markdown text as plain words, cut at a readable length."""
    for block in shown.value.replace("\r\n", "\n").split("\n\n"):
        words = " ".join(strip_tags(markdown.render(block)).split())
        if words and not block.lstrip().startswith("#"):
            return Shown(whole_sentences(html.unescape(words)), shown.language, shown.wanted)
    return None


def whole_sentences(words, limit=LEDE_WORDS):
    """The first sentences of a paragraph, up to `limit` words; the first one always, whole."""
    chosen = []
    for sentence in _SENTENCE_END.split(words):
        if chosen and len(" ".join([*chosen, sentence]).split()) > limit:
            break
        chosen.append(sentence)
    return " ".join(chosen)

"""The communiqué as it is read: its languages side by side, who signed, what a press page copies."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from commons.models import SignOff
from commons.states import SIGNED, SignOffAnswer
from core import clock, glossary
from core.text import TextStatus, shown
from organizations.models import Organization

_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Column:
    """One language: how its version stands, and which words to look at."""

    code: str
    status: TextStatus
    version: object
    warnings: list

    @property
    def paragraphs(self):
        return [part for part in _GAP.split(self.version.body.strip()) if part] if self.version else []


@dataclass
class Signatures:
    """Who answered about the version that counts: those who signed, who adhered after it was out, who did not join,
    and who is silent. Reserves stand in their own words."""

    signed: list = field(default_factory=list)
    adhered: list = field(default_factory=list)
    apart: list = field(default_factory=list)
    silent: list = field(default_factory=list)

    @property
    def all_said(self):
        return [*self.signed, *self.apart]

    @property
    def number_asked(self):
        return len(self.all_said) + len(self.silent)

    @property
    def reserves(self):
        return [one for one in (*self.signed, *self.adhered) if one.stand == SignOffAnswer.RESERVE]


def columns(text):
    """[Column] of every content language, the official one first, then what is written, then what is missing."""
    if text is None:
        return []
    latest = text.latest()
    found = []
    for code in settings.CONTENT_LANGUAGES:
        version, status = latest.get(code), TextStatus(text.status(code))
        is_ours = version is not None and status != TextStatus.OFFICIAL
        found.append(Column(code, status, version, glossary.warnings(version.body, code) if is_ours else []))
    order = (TextStatus.OFFICIAL, TextStatus.CURRENT, TextStatus.UNREVIEWED, TextStatus.STALE, TextStatus.MISSING)
    return sorted(found, key=lambda one: order.index(one.status))


def side_by_side(columns):
    """[[(column, paragraph or ""), …]] paragraph by paragraph, of the columns that are written."""
    written = [one for one in columns if one.version]
    rows = zip_longest(*(one.paragraphs for one in written), fillvalue="")
    return [list(zip(written, row, strict=True)) for row in rows]


def signatures(communique, now):
    """The Signatures of a communiqué at an instant. Two queries."""
    found = Signatures()
    if communique.version_id is None:
        return found
    since = communique.published_at or (communique.publishes_at if communique.is_out(now) else None)
    for one in SignOff.objects.of(communique.meeting.outcome):
        if since is not None and one.signed_at > since:
            if one.is_signed:
                found.adhered.append(one)
        elif one.version_id == communique.version_id:
            (found.signed if one.stand in SIGNED else found.apart).append(one)
    for group in (found.signed, found.apart):
        group.sort(key=lambda one: (one.organization.position, one.organization.acronym))
    said = {one.organization_id for one in (*found.signed, *found.apart, *found.adhered)}
    day = clock.today(since or now, settings.CASA_ZONE)
    found.silent = [one for one in Organization.objects.members_on(day) if one.pk not in said]
    return found


def press_text(meeting, column, read):
    """One language of a published communiqué as plain text to copy, with who signed, the code and the address."""
    interface = {"pt": "pt-br"}.get(column.code, column.code if column.code in ("es", "en") else "en")
    with translation.override(interface):
        lines = [shown(meeting, "title", interface).value, "", column.version.body.strip(), ""]
        lines.append(_("Signed by: %(names)s.") % {"names": _names(read.signed)})
        if read.adhered:
            lines.append(_("Adhered later: %(names)s.") % {"names": _names(read.adhered)})
        for one in read.reserves:
            lines.append(
                _("Reservation by %(name)s: %(words)s") % {"name": one.organization.acronym, "words": one.words}
            )
        if column.status == TextStatus.CURRENT:
            lines.append(_("Unofficial translation, reviewed by %(name)s.") % {"name": column.version.reviewer})
        elif column.status != TextStatus.OFFICIAL:
            lines.append(_("Unofficial translation, not reviewed."))
        lines.append(f"{meeting.code} · {settings.CASA_ORIGIN}{meeting.get_absolute_url()}")
    return "\n".join(lines)


def _names(signed):
    return ", ".join(one.organization.acronym for one in signed)

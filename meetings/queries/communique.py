"""The communiqué as it is read: its languages side by side, its signatures, what keeps it from being published."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from commons.models import SignOff, Text, TextVersion
from commons.states import SIGNED, SignOffAnswer
from core import clock, glossary
from core.text import TextStatus, shown
from meetings.models import Communique, Meeting
from meetings.states import CommuniqueState, MeetingState
from organizations.models import Organization

_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class LanguageColumn:
    """One language of a text: its status, its newest version, and glossary warnings about a translation."""

    code: str
    status: TextStatus
    version: TextVersion | None
    warnings: list

    @property
    def body(self) -> str:
        return self.version.body.strip() if self.version else ""

    @property
    def reviewer(self) -> str:
        return self.version.reviewer if self.version else ""

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in _GAP.split(self.body) if part]


@dataclass
class Signatures:
    """The answers about the version open for signing: who signed, who adhered after publication, who did not join,
    and who has not answered."""

    signed: list[SignOff] = field(default_factory=list)
    adhered: list[SignOff] = field(default_factory=list)
    apart: list[SignOff] = field(default_factory=list)
    silent: list[Organization] = field(default_factory=list)

    @property
    def all_answers(self) -> list[SignOff]:
        return [*self.signed, *self.apart]

    @property
    def number_of_organizations(self) -> int:
        return len(self.all_answers) + len(self.silent)

    @property
    def reservations(self) -> list[SignOff]:
        return [sign_off for sign_off in (*self.signed, *self.adhered) if sign_off.stand == SignOffAnswer.RESERVE]


def language_columns(text: Text | None) -> list[LanguageColumn]:
    """A column for every content language: the official one first, then the written ones, then the missing ones."""
    if text is None:
        return []
    latest = text.latest()
    columns = []
    for code in settings.CONTENT_LANGUAGES:
        version, status = latest.get(code), TextStatus(text.status(code))
        is_translation = version is not None and status != TextStatus.OFFICIAL
        columns.append(
            LanguageColumn(code, status, version, glossary.warnings(version.body, code) if is_translation else [])
        )
    order = (TextStatus.OFFICIAL, TextStatus.CURRENT, TextStatus.UNREVIEWED, TextStatus.STALE, TextStatus.MISSING)
    return sorted(columns, key=lambda column: order.index(column.status))


def paragraph_rows(columns: Iterable[LanguageColumn]) -> list[list[tuple[LanguageColumn, str]]]:
    """The written columns side by side, one row for each paragraph: [[(column, paragraph or ""), …], …]."""
    written = [column for column in columns if column.version]
    rows = zip_longest(*(column.paragraphs for column in written), fillvalue="")
    return [list(zip(written, row, strict=True)) for row in rows]


def signatures(communique: Communique, now: datetime.datetime) -> Signatures:
    """The signatures of a communiqué at an instant. Two queries."""
    found = Signatures()
    if communique.version_id is None:
        return found
    since = communique.published_at or (communique.publishes_at if communique.is_published_at(now) else None)
    for sign_off in SignOff.objects.of(communique.meeting.outcome):
        is_late = since is not None and sign_off.signed_at > since
        if is_late and sign_off.is_signed:
            found.adhered.append(sign_off)
        elif not is_late and sign_off.version_id == communique.version_id:
            (found.signed if sign_off.stand in SIGNED else found.apart).append(sign_off)
    for group in (found.signed, found.apart):
        group.sort(key=lambda sign_off: (sign_off.organization.position, sign_off.organization.acronym))
    answered = {sign_off.organization_id for sign_off in (*found.signed, *found.apart, *found.adhered)}
    day = clock.today(since or now, settings.CASA_ZONE)
    found.silent = [member for member in Organization.objects.members_on(day) if member.pk not in answered]
    return found


def press_text(meeting: Meeting, column: LanguageColumn, signatures: Signatures) -> str:
    """One written language of a published communiqué as plain text to copy, with its signatures, code and address."""
    interface = {"pt": "pt-br"}.get(column.code, column.code if column.code in ("es", "en") else "en")
    with translation.override(interface):
        lines = [shown(meeting, "title", interface).value, "", column.body, ""]
        lines.append(_("Signed by: %(names)s.") % {"names": _acronyms(signatures.signed)})
        if signatures.adhered:
            lines.append(_("Adhered later: %(names)s.") % {"names": _acronyms(signatures.adhered)})
        for sign_off in signatures.reservations:
            values = {"name": sign_off.organization.acronym, "words": sign_off.words}
            lines.append(_("Reservation by %(name)s: %(words)s") % values)
        if column.status == TextStatus.CURRENT:
            lines.append(_("Unofficial translation, reviewed by %(name)s.") % {"name": column.reviewer})
        elif column.status != TextStatus.OFFICIAL:
            lines.append(_("Unofficial translation, not reviewed."))
        lines.append(f"{meeting.code} · {settings.CASA_ORIGIN}{meeting.get_absolute_url()}")
    return "\n".join(lines)


def _acronyms(sign_offs: Sequence[SignOff]) -> str:
    return ", ".join(sign_off.organization.acronym for sign_off in sign_offs)


def publication_blockers(communique: Communique, now: datetime.datetime) -> dict[str, str]:
    """What keeps a communiqué from being published at an instant, {topic: sentence}; empty when nothing does."""
    blockers: dict[str, str] = {}
    if communique.state == CommuniqueState.DRAFT:
        blockers["state"] = _("The organisations have not been asked to sign it.")
        return blockers
    if communique.meeting.state != MeetingState.HELD:
        blockers["meeting"] = _("The meeting is not over: mark it as held.")
    if not communique.is_signed:
        blockers["signed"] = _("No organisation has signed it: it would be published in nobody's name.")
    is_early = communique.publishes_at is not None and now < communique.publishes_at
    if is_early and (silent := organizations_without_answer(communique, now)):
        names = ", ".join(organization.acronym for organization in silent)
        blockers["hour"] = _(
            "The announced time has not come, and these organisations have not answered: %(names)s."
        ) % {"names": names}
    return blockers


def organizations_without_answer(communique: Communique, now: datetime.datetime) -> list[Organization]:
    """Member organisations that have not answered about the version open for signing, by order of joining."""
    answered = SignOff.objects.filter(version=communique.version_id).values("organization")
    members = Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))
    return list(members.exclude(pk__in=answered).in_order())

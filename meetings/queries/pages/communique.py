"""The page of a communiqué: its state, who signs it, what its reader can do about it, its languages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from commons.states import SignOffAnswer
from core import clock, dates, permissions
from core.states import Look
from core.text import TextStatus
from meetings.models import Communique, EmbargoReader, Meeting
from meetings.queries.communique import (
    Signatures,
    language_columns,
    paragraph_rows,
    publication_blockers,
    signatures,
)
from meetings.queries.pages.texts import ShownLanguage
from meetings.states import WITH_COMMUNIQUE, CommuniqueState
from organizations.models import Organization
from organizations.standing import standing_of

if TYPE_CHECKING:
    from commons.models import SignOff

_SIGNING_LOOKS = {SignOffAnswer.AGREED: Look.DONE, SignOffAnswer.RESERVE: Look.RISK}


@dataclass(frozen=True)
class Choice:
    """One answer that an organisation can give, as a button."""

    value: SignOffAnswer
    verb: str
    is_given: bool


@dataclass(frozen=True)
class OwnAnswer:
    """An organisation for which the reader can answer now, with the answer it gave."""

    organization: Organization
    signoff: SignOff | None
    is_published: bool

    @property
    def question(self) -> str:
        organization = {"organization": self.organization.acronym}
        if self.is_published:
            return _("%(organization)s can still adhere. The date appears next to its name.") % organization
        return _("Does %(organization)s sign?") % organization

    @property
    def given(self) -> str:
        """The answer so far; empty once it is published, when only an organisation that did not sign is asked."""
        if self.signoff is None or self.is_published:
            return ""
        aloud = f" ({_('said aloud in the room')})" if self.signoff.aloud else ""
        return f"{_('Your answer:')} {self.signoff.get_stand_display()}{aloud}"

    @property
    def choices(self) -> list[Choice]:
        """The first is what is asked for."""
        if self.is_published:
            verbs = {SignOffAnswer.AGREED: _("Adhere"), SignOffAnswer.RESERVE: _("Adhere with a reservation")}
        else:
            verbs = {
                SignOffAnswer.AGREED: _("Sign"),
                SignOffAnswer.RESERVE: _("Sign with a reservation"),
                SignOffAnswer.NOT_JOINING: _("Do not sign"),
            }
        given = self.signoff.stand if self.signoff else ""
        return [Choice(value, verb, value == given) for value, verb in verbs.items()]


@dataclass(frozen=True)
class Signer:
    """An organisation that answered, and what it answered."""

    organization: Organization
    words: str
    look: Look
    label: str
    is_aloud: bool = False


@dataclass(frozen=True)
class LanguageRow(ShownLanguage):
    """One language of the text, with what its reader can do about it."""

    is_alone: bool
    can_review: bool
    can_write: bool

    @property
    def writing_verb(self) -> str:
        return _("Write") if self.column.version else _("Translate")


@dataclass(frozen=True)
class CommuniquePage:
    """A communiqué as its reader sees it."""

    communique: Communique
    now: datetime.datetime
    is_published: bool
    leads: bool
    signatures: Signatures
    own_answers: list[OwnAnswer]
    languages: list[LanguageRow]
    #: The text paragraph by paragraph, of one language or of all.
    paragraphs: list[Any]
    blockers: dict[str, str]
    early_readers: list[EmbargoReader]

    @property
    def meeting(self) -> Meeting:
        return self.communique.meeting

    @property
    def number(self) -> int:
        """Of the official version, about which the organisations are asked."""
        outcome = self.meeting.outcome
        return outcome.official().number if outcome else 0

    @property
    def is_draft(self) -> bool:
        return self.communique.state == CommuniqueState.DRAFT

    @property
    def is_signing(self) -> bool:
        return self.communique.state == CommuniqueState.SIGNING and not self.is_published

    @property
    def countdown(self) -> str:
        """`in 3 days`, until it is published; empty once its time has come."""
        at = self.communique.publishes_at
        if at is None or at <= self.now:
            return ""
        return _("in %(time)s") % {"time": timeuntil(at, self.now, depth=1)}

    @property
    def progress(self) -> str:
        return _("%(n)s of %(all)s organisations have answered.") % {
            "n": len(self.signatures.all_answers),
            "all": self.signatures.number_of_organizations,
        }

    @property
    def shown_blockers(self) -> list[str]:
        """What stops its publication, while it is open for signing; a draft says so itself."""
        return list(self.blockers.values()) if self.communique.state == CommuniqueState.SIGNING else []

    @property
    def can_publish(self) -> bool:
        return self.leads and self.is_signing and not self.blockers

    @property
    def can_note_aloud(self) -> bool:
        return self.leads and not self.is_published and self.communique.accepts_answers

    @property
    def asking_verb(self) -> str:
        """What the coordination team can do about its time; empty where it is too early or too late."""
        if not self.leads or self.is_published or self.meeting.state not in WITH_COMMUNIQUE:
            return ""
        return _("Ask the organisations to sign…") if self.is_draft else _("Announce another time…")

    @property
    def asking_look(self) -> str:
        return "" if self.is_draft else "quiet"

    @property
    def photograph_verb(self) -> str:
        has_one = hasattr(self.communique, "photograph")
        return _("Change the photograph or its words…") if has_one else _("Add a photograph…")

    @property
    def signers(self) -> list[Signer]:
        """Those who answered, then those who adhered since it was published."""
        answered = [
            Signer(
                one.organization,
                one.words,
                _SIGNING_LOOKS.get(SignOffAnswer(one.stand), Look.DROPPED),
                one.get_stand_display(),
                one.aloud,
            )
            for one in self.signatures.all_answers
        ]
        adhered = [
            Signer(
                one.organization,
                one.words,
                Look.DONE,
                _("adhered on %(day)s") % {"day": dates.span(one.signed_at, None, dates.Precision.DAY)},
            )
            for one in self.signatures.adhered
        ]
        return answered + adhered

    @property
    def is_one_language(self) -> bool:
        return any(language.is_alone for language in self.languages)


def communique_page(
    communique: Communique, user: Any, now: datetime.datetime, chosen_language: str = ""
) -> CommuniquePage:
    """The page for its reader; `chosen_language` shows one language alone."""
    found = language_columns(communique.meeting.outcome)
    shown = [one for one in found if one.code == chosen_language] or found
    is_alone = len(shown) == 1 < len(found)
    signed = signatures(communique, now)
    leads = permissions.has_perm(user, "meetings.lead_communique")
    can_review = permissions.has_perm(user, "meetings.review_translation")
    is_published = communique.is_published_at(now)
    return CommuniquePage(
        communique=communique,
        now=now,
        is_published=is_published,
        leads=leads,
        signatures=signed,
        own_answers=_own_answers(communique, signed, user, now),
        languages=[
            LanguageRow(
                one,
                is_alone=is_alone and one is shown[0],
                can_review=can_review and one.status == TextStatus.UNREVIEWED,
                can_write=leads and one.status != TextStatus.OFFICIAL,
            )
            for one in found
        ],
        paragraphs=paragraph_rows(shown),
        blockers=publication_blockers(communique, now) if leads and not is_published else {},
        early_readers=list(communique.readers.filter(revoked_at=None)) if leads else [],
    )


def _own_answers(communique: Communique, signed: Signatures, user: Any, now: datetime.datetime) -> list[OwnAnswer]:
    """Of the member organisations for which the reader speaks, those that can still answer."""
    if not communique.accepts_answers:
        return []
    answers = {one.organization_id: one for one in (*signed.signed, *signed.adhered, *signed.apart)}
    members = Organization.objects.members_on(clock.today(now, settings.CASA_ZONE))
    is_published = communique.is_published_at(now)
    own = [
        OwnAnswer(organization, answers.get(organization.pk), is_published)
        for organization in members.filter(pk__in=standing_of(user, now).speaks_for)
    ]
    return [one for one in own if not is_published or one.signoff is None or not one.signoff.is_signed]

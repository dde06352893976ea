"""Acts on a review of an edition, a project or a whole year: written, published, reopened, answered a year on."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core import clock, journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.locks import lock
from core.records import services as records
from core.records.models import LinkKind
from core.records.rows import Row, rows
from core.states import move
from organizations.models import Organization
from priorities.models import Assessment, Improvement
from priorities.queries.assessments import SUBJECT_KINDS
from priorities.states import ASSESSMENT_MOVES, AssessmentState, TakenUp

#: What people put before the lines of a list.
BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class AssessmentText:
    """A review as it is written, in the language of its writer."""

    worked: str
    improve: str
    next: str
    language: str
    visibility: str


@dataclass(frozen=True)
class ImprovementAnswer:
    """What became of something that was to be improved: a TakenUp, or empty while nobody has answered, and why."""

    taken_up: str
    words: str = ""


@transaction.atomic
def begin_assessment(
    *,
    year: int,
    subject: str,
    organization: Organization | None,
    actor: User,
    now: datetime.datetime,
    is_demo: bool = False,
) -> Assessment:
    """Create the review of a subject by an organisation (None: by all together); where there is one, return that.

    `subject` is the code of an edition or a project, or empty for the whole year.
    Raises NotNow where there is nothing to review.
    """
    existing = Assessment.objects.filter(year=year, subject=subject, organization=organization).first()
    if existing is not None:
        return existing
    assessment = Assessment(year=year, subject=subject, organization=organization, is_demo=is_demo)
    subject_row = rows([subject], actor, now).get(subject) if subject else None
    if subject and (subject_row is None or subject_row.kind.code not in SUBJECT_KINDS):
        raise NotNow(_("Only an edition, a common project or a whole year can be reviewed."))
    for language in ("es", "pt", "en"):
        with override({"pt": "pt-br"}.get(language, language)):
            setattr(assessment, f"title_{language}", _title(assessment, subject_row, language))
    try:
        with transaction.atomic():
            records.create("ASS", year, assessment)
    except IntegrityError:  # two began it at the same time
        return Assessment.objects.get(year=year, subject=subject, organization=organization)
    if subject:
        records.link(subject, assessment.code, now, LinkKind.RESULT_OF, by=journal.key(actor))
    journal.record(actor, "assessment_begun", assessment.code, now, subject=subject)
    return assessment


def _title(assessment: Assessment, subject: Row | None, language: str) -> str:
    about = _("the year %(year)s") % {"year": assessment.year}
    if subject is not None:
        about = subject.titles.get(language) or subject.titles.get(subject.language) or subject.code
    if assessment.organization is None:
        return (_("Looking back on %(about)s, all together") % {"about": about})[:300]
    return (_("Looking back on %(about)s, %(who)s") % {"about": about, "who": assessment.organization.acronym})[:300]


@transaction.atomic
def write_assessment(
    assessment: Assessment, *, text: AssessmentText, version: int, actor: User, now: datetime.datetime
) -> Assessment:
    """Write a review, however little is filled. Raises Conflict where another wrote meanwhile, NotNow once published."""
    assessment = lock(assessment)
    if assessment.state != AssessmentState.DRAFT:
        raise NotNow(_("It is published. To correct it, take it back first."))
    if version != assessment.version:
        raise Conflict(assessment)
    assessment.worked, assessment.improve, assessment.next = (
        text.worked.strip(),
        text.improve.strip(),
        text.next.strip(),
    )
    assessment.source_language, assessment.visibility = text.language, text.visibility
    assessment.version += 1
    assessment.save()
    return assessment


@transaction.atomic
def publish_assessment(assessment: Assessment, *, actor: User, now: datetime.datetime) -> Assessment:
    """Let the member organisations, or everybody, read a review; each line of what to improve becomes an Improvement.

    Raises PermissionDenied, and Incomplete naming what is missing.
    """
    assessment = lock(assessment)
    permissions.check_perm(actor, "priorities.publish_assessment", assessment)
    if missing := assessment.missing_labels:
        raise Incomplete({str(label): [_("Write a line or two.")] for label in missing})
    move(assessment, AssessmentState.PUBLISHED, ASSESSMENT_MOVES)
    assessment.published_on = clock.today(now, settings.CASA_ZONE)
    assessment.save(update_fields=["state", "published_on"])
    _list_improvements(assessment)
    records.touch(assessment.code)
    journal.record(actor, "assessment_published", assessment.code, now)
    return assessment


def _list_improvements(assessment: Assessment) -> None:
    """Write one Improvement a line of what to improve. A line that is as before carries its answer over."""
    stripped = (BULLET.sub("", line).strip() for line in assessment.improve.splitlines())
    lines = list(dict.fromkeys(line for line in stripped if line))
    earlier = {improvement.text: improvement for improvement in assessment.improvements.all()}
    assessment.improvements.all().delete()
    for number, text in enumerate(lines, 1):
        before = earlier.get(text) or Improvement()
        Improvement.objects.create(
            assessment=assessment,
            number=number,
            text=text,
            taken_up=before.taken_up,
            words=before.words,
            answered_on=before.answered_on,
        )


@transaction.atomic
def answer_improvements(
    assessment: Assessment, *, answers: Mapping[int, ImprovementAnswer], actor: User, now: datetime.datetime
) -> int:
    """Record whether each thing that was to be improved was taken up, by its number; all or nothing.

    What was not taken up, or only in part, says why. An empty answer takes an earlier one back.
    Returns how many are answered now. Raises PermissionDenied, NotNow, and Incomplete whose keys are (number, field).
    """
    assessment = lock(assessment)
    permissions.check_perm(actor, "priorities.answer_improvements", assessment)
    if assessment.state != AssessmentState.PUBLISHED:
        raise NotNow(_("It is not published yet."))
    wrong = {}
    for improvement in assessment.improvements.filter(number__in=answers):
        answer = answers[improvement.number]
        taken_up = TakenUp(answer.taken_up).value if answer.taken_up else ""
        words = answer.words.strip()
        if words and not taken_up:
            wrong[improvement.number, "taken_up"] = [_("Also choose whether it was taken up.")]
        elif taken_up in (TakenUp.PARTLY, TakenUp.NO) and not words:
            wrong[improvement.number, "words"] = [_("Give the reason in a few words.")]
        elif (improvement.taken_up, improvement.words) != (taken_up, words):
            improvement.taken_up, improvement.words = taken_up, words
            improvement.answered_on = clock.today(now, settings.CASA_ZONE) if taken_up else None
            improvement.save()
    if wrong:
        raise Incomplete(wrong)
    answered = assessment.improvements.exclude(taken_up="").count()
    records.touch(assessment.code)
    journal.record(actor, "improvements_answered", assessment.code, now, answered=answered)
    return answered


@transaction.atomic
def reopen_assessment(assessment: Assessment, *, actor: User, now: datetime.datetime) -> Assessment:
    """Make a published review a draft again, to correct it: until it is published again nobody else reads it.

    Raises PermissionDenied, NotNow.
    """
    assessment = lock(assessment)
    permissions.check_perm(actor, "priorities.publish_assessment", assessment)
    move(assessment, AssessmentState.DRAFT, ASSESSMENT_MOVES)
    assessment.published_on = None
    assessment.save(update_fields=["state", "published_on"])
    records.touch(assessment.code)
    journal.record(actor, "assessment_reopened", assessment.code, now)
    return assessment

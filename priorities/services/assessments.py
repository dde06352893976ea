"""Looking back on an edition, a project or a whole year: written, published, taken back, answered a year on."""

import re

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock, journal, permissions
from core.errors import Conflict, Incomplete, NotNow
from core.records import services as records
from core.records.models import LinkKind
from core.records.registry import kind_of
from core.records.rows import rows
from core.states import move
from priorities.models import Assessment, Improvement
from priorities.states import ASSESSMENT_MOVES, AssessmentState, TakenUp

WORDS = ("worked", "improve", "next")
#: What may be assessed beside a whole year.
SUBJECTS = ("EDI", "PRO")
#: What people put before the lines of a list.
BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")


@transaction.atomic
def begin_assessment(year, subject, organization, *, actor, now, is_demo=False):
    """The assessment of a subject by an organisation (None: by all together), made on first need; asking twice gives
    the same one. `subject` is a code, or empty for the whole year. Raises NotNow where there is nothing to assess."""
    there = Assessment.objects.filter(year=year, subject=subject, organization=organization).first()
    if there is not None:
        return there
    row = Assessment(year=year, subject=subject, organization=organization, is_demo=is_demo)
    seen = rows([subject], actor, now).get(subject) if subject else None
    if subject and (seen is None or seen.kind.code not in SUBJECTS):
        raise NotNow(_("Only an edition, a common project or a whole year can be reviewed."))
    for language in ("es", "pt", "en"):
        with override({"pt": "pt-br"}.get(language, language)):
            setattr(row, f"title_{language}", _called(row, seen, language))
    try:
        with transaction.atomic():
            records.create("ASS", year, row)
    except IntegrityError:
        return Assessment.objects.get(year=year, subject=subject, organization=organization)
    if subject:
        records.link(subject, row.code, now, LinkKind.RESULT_OF, by=journal.key(actor))
    journal.record(actor, "assessment_begun", row.code, now, subject=subject)
    return row


def _called(row, seen, language):
    about = _("the year %(year)s") % {"year": row.year}
    if seen is not None:
        about = seen.titles.get(language) or seen.titles.get(seen.language) or seen.code
    if row.organization is None:
        return (_("Looking back on %(about)s, all together") % {"about": about})[:300]
    return (_("Looking back on %(about)s, %(who)s") % {"about": about, "who": row.organization.acronym})[:300]


@transaction.atomic
def write_assessment(row, *, worked, improve, next, language, visibility, version, actor, now):
    """Write it, however little is filled. Raises Conflict where another wrote meanwhile, NotNow once published."""
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != AssessmentState.DRAFT:
        raise NotNow(_("It is published. To correct it, take it back first."))
    if version != row.version:
        raise Conflict(row)
    row.worked, row.improve, row.next = worked.strip(), improve.strip(), next.strip()
    row.source_language, row.visibility, row.version = language, visibility, row.version + 1
    row.save()
    return row


@transaction.atomic
def publish_assessment(row, *, actor, now):
    """Let the member organisations, or everybody, read it. Raises Incomplete naming what is missing, Refused."""
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    permissions.check_perm(actor, "priorities.publish_assessment", row)
    missing = {name: [_("Write a line or two.")] for name in WORDS if not getattr(row, name)}
    if missing:
        raise Incomplete({str(row._meta.get_field(name).verbose_name): words for name, words in missing.items()})
    move(row, AssessmentState.PUBLISHED, ASSESSMENT_MOVES)
    row.published_on = clock.today(now, settings.CASA_ZONE)
    row.save(update_fields=["state", "published_on"])
    _list_improvements(row)
    records.touch(row.code)
    journal.record(actor, "assessment_published", row.code, now)
    return row


def _list_improvements(row):
    """One Improvement a line of what to improve. A line that stands as before keeps its answer."""
    lines = list(dict.fromkeys(text for line in row.improve.splitlines() if (text := BULLET.sub("", line).strip())))
    kept = {one.text: one for one in row.improvements.all()}
    row.improvements.all().delete()
    for number, text in enumerate(lines, 1):
        before = kept.get(text) or Improvement()
        Improvement.objects.create(
            assessment=row, number=number, text=text, taken_up=before.taken_up, words=before.words,
            answered_on=before.answered_on,
        )  # fmt: skip


@transaction.atomic
def answer_improvements(row, answers, *, actor, now):
    """Say whether what was to be improved was taken up: `answers` is {number: (TakenUp or "", words)}, all or nothing.

    What was not taken up, or only in part, says why. An empty answer takes one back. Returns how many are answered
    now; raises Refused, NotNow, and Incomplete whose keys are (number, field).
    """
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    permissions.check_perm(actor, "priorities.answer_improvements", row)
    if row.state != AssessmentState.PUBLISHED:
        raise NotNow(_("It is not published yet."))
    wrong = {}
    for one in row.improvements.filter(number__in=answers):
        taken_up, words = answers[one.number]
        taken_up, words = TakenUp(taken_up).value if taken_up else "", words.strip()
        if words and not taken_up:
            wrong[one.number, "taken_up"] = [_("Also choose whether it was taken up.")]
        elif taken_up in (TakenUp.PARTLY, TakenUp.NO) and not words:
            wrong[one.number, "words"] = [_("Give the reason in a few words.")]
        elif (one.taken_up, one.words) != (taken_up, words):
            one.taken_up, one.words = taken_up, words
            one.answered_on = clock.today(now, settings.CASA_ZONE) if taken_up else None
            one.save()
    if wrong:
        raise Incomplete(wrong)
    answered = row.improvements.exclude(taken_up="").count()
    records.touch(row.code)
    journal.record(actor, "improvements_answered", row.code, now, answered=answered)
    return answered


@transaction.atomic
def reopen_assessment(row, *, actor, now):
    """Take it back to correct it: until it is published again nobody else reads it."""
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    permissions.check_perm(actor, "priorities.publish_assessment", row)
    move(row, AssessmentState.DRAFT, ASSESSMENT_MOVES)
    row.published_on = None
    row.save(update_fields=["state", "published_on"])
    records.touch(row.code)
    journal.record(actor, "assessment_reopened", row.code, now)
    return row


def is_subject(code):
    """Whether a code is of a kind that is assessed."""
    kind = kind_of(code)
    return kind is not None and kind.code in SUBJECTS

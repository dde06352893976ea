"""The news as Atom: outcomes published, deadlines moved, deeds and priorities newly public."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casa.feeds.entries import BEFORE
from casa.year.words import first_paragraph
from commons.models import Text
from core import dates, markdown
from core.clock import UTC
from core.text import shown
from engagement.models import Activity, Regulation, TrainingSession
from meetings.models import Meeting
from meetings.states import MeetingState
from priorities.models import CommonProject, PlanningCycle
from spaces.models import DeadlineChange, ParticipationAction

NEWEST = 50


@dataclass(frozen=True)
class News:
    """One entry: `name` is its part of the permanent tag: address."""

    name: str
    at: datetime.datetime
    title: str
    href: str
    summary: str = ""
    kind: str = ""


class Feed(Atom1Feed):
    """Atom whose date is that of its newest entry, so that an empty one is the same bytes every time."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEFORE


def tag(name):
    """A permanent address by RFC 4151: it names and is not fetched."""
    return f"tag:{urlsplit(settings.CASA_ORIGIN).hostname},2026:{name}"


def newest(now):
    """[News] that a visitor may read, newest first."""
    visitor = AnonymousUser()
    found = [*_outcomes(visitor, now), *_moved(), *_deeds(visitor, now), *_cycles(visitor, now)]
    found += [*_parts(visitor, now), *_projects(visitor, now), *_regulation(visitor, now)]
    return sorted(found, key=lambda news: (news.at, news.name), reverse=True)[:NEWEST]


def _midnight_after(day):
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), UTC)


def _outcomes(visitor, now):
    rows = Meeting.objects.visible_to(visitor, now).filter(state=MeetingState.PUBLISHED)
    for row in rows.prefetch_related(Prefetch("outcome", Text.objects.with_versions())).newest_first()[:NEWEST]:
        lede = first_paragraph(row.outcome.shown()) if row.outcome else None
        last = row.ends_on or row.starts_on
        yield News(
            f"{row.code}/outcome",
            row.published_at or (_midnight_after(last) if last else row.revised_at),
            _("Outcome: %(title)s") % {"title": shown(row, "title").value},
            row.get_absolute_url(),
            lede.value if lede else "",
            "outcome",
        )


def _moved():
    rows = DeadlineChange.objects.select_related("deadline__edition__space").order_by("-at")
    for row in rows[:NEWEST]:
        edition = row.deadline.edition
        facts = {
            "edition": shown(edition, "title").value or str(edition),
            "deadline": shown(row.deadline, "title").value,
            "day": dates.day(row.new_day),
            "before": dates.day(row.old_day),
        }
        # What was loaded from the record long after is news of its own time: a change is told before its new day.
        announced = _midnight_after(row.announced_on) if row.announced_on else min(row.at, _midnight_after(row.new_day))
        yield News(
            f"{edition.code}/deadline/{row.pk}",
            announced,
            _("%(edition)s: %(deadline)s, now until %(day)s") % facts,
            edition.get_absolute_url(),
            _("It was %(before)s before.") % facts if row.old_day else "",
            "deadline",
        )


def _deeds(visitor, now):
    for model in (Activity, TrainingSession):
        for row in model.objects.visible_to(visitor, now).exclude(starts_on=None).newest_first()[:NEWEST]:
            yield News(
                row.code,
                min(_midnight_after(row.ends_on or row.starts_on), now),
                shown(row, "title").value,
                row.get_absolute_url(),
                shown(row, "summary").value,
                "deed",
            )


def _parts(visitor, now):
    """Our parts in editions, when they were committed to or done."""
    for row in (
        ParticipationAction.objects.visible_to(visitor, now)
        .exclude(reported_at=None)
        .select_related("organization", "edition__space")
        .order_by("-reported_at")[:NEWEST]
    ):
        title = f"{row.organization.acronym}: {shown(row, 'title').value}"
        yield News(f"{row.code}/{row.state}", row.reported_at, title, row.get_absolute_url(), str(row.edition), "deed")


def _projects(visitor, now):
    for row in CommonProject.objects.visible_to(visitor, now).newest_first()[:NEWEST]:
        title = _("Common project: %(title)s") % {"title": shown(row, "title").value}
        at = min(_midnight_after(row.agreed_on), now)
        yield News(row.code, at, title, row.get_absolute_url(), shown(row, "aim").value, "project")


def _regulation(visitor, now):
    for row in Regulation.objects.visible_to(visitor, now).select_related("body").newest_first()[:NEWEST]:
        title = f"{row.place}: {shown(row, 'title').value}"
        at = min(_midnight_after(row.state_on), now)
        words = capfirst(row.get_state_display())
        yield News(f"{row.code}/{row.state}/{row.state_on}", at, title, row.get_absolute_url(), words, "regulation")


def _cycles(visitor, now):
    for row in PlanningCycle.objects.visible_to(visitor, now).exclude(published_at=None):
        title = _("The organisations’ priorities for %(year)s") % {"year": row.year}
        yield News(
            f"priorities-{row.year}", row.published_at, title, reverse("year", args=[row.year]), "", "priorities"
        )


def atom(found, language, address):
    """The feed as bytes. `address` is its own path."""
    origin = settings.CASA_ORIGIN
    feed = Feed(
        title=_("The Internet technical community of Latin America and the Caribbean"),
        link=origin + reverse("home"),
        description=_("Outcomes, deadlines that changed, and what came of it all."),
        language=language,
        feed_url=origin + address,
        feed_guid=tag(f"news/{language}"),
        author_name=_("The organisations of the technical community"),
    )
    for news in found:
        feed.add_item(
            title=news.title,
            link=origin + news.href,
            description=markdown.render(news.summary),
            unique_id=tag(news.name),
            updateddate=news.at,
            pubdate=news.at,
            categories=[news.kind],
        )
    return feed.writeString("utf-8").encode()

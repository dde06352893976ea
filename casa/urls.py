"""All addresses. Below a language: pages; without one: what machines read."""

from django.apps import apps
from django.urls import include, path

from casa.i18n import language_addresses
from casa.views import about, errors, feeds, health, search, tables, work, year
from casa.views.committee import CommitteeDetail
from casa.views.meeting import CommuniqueBegin
from casa.views.organization import OrganizationDetail
from casa.views.space import SpaceDetail
from committees import urls as committees
from core import paths  # noqa: F401  (makes <year:> and <code:> known)
from organizations import urls as organizations
from spaces import urls as spaces

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

# Pages of one organisation, one space and one committee join what lies in the layers above; their addresses stay theirs.
ORGANIZATIONS = (
    [*organizations.urlpatterns, path("<slug:slug>/", OrganizationDetail.as_view(), name="organization_detail")],
    "organizations",
)
COMMITTEES = (
    [*committees.urlpatterns, path("<slug:slug>/", CommitteeDetail.as_view(), name="committee_detail")],
    "committees",
)
SPACES = ([*spaces.urlpatterns, path("<slug:slug>/", SpaceDetail.as_view(), name="space_detail")], "spaces")
# Anybody walks in there by a button: where the demonstration is not installed, its addresses do not exist.
DEMO = [path("demo/", include("demo.urls"))] if apps.is_installed("demo") else []

urlpatterns = [
    path("health/", health.health, name="health"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("favicon.ico", feeds.favicon, name="favicon"),
    path("c/<code:code>/", year.permalink, name="code"),
    *language_addresses(
        path("", year.home, name="home"),
        path("years/", year.year_list, name="year_list"),
        path("years/<year:year>/", year.year_detail, name="year"),
        path("years/<year:year>/report/", year.year_report, name="year_report"),
        path("years/<year:year>/report.md", year.year_report_markdown, name="year_report_markdown"),
        path("years/<year:year>/report.pdf", year.year_report_pdf, name="year_report_pdf"),
        path("threads/<code:code>/", year.thread, name="thread"),
        path("about/", about.about, name="about"),
        path("follow/", about.follow, name="follow"),
        path("follow/<slug:code>/", about.calendar_address, name="calendar_address"),
        path("search/", search.search, name="search"),
        path("data/", tables.data, name="data"),
        path("data/<slug:name>.csv", tables.table, name="table"),
        path("calendar.ics", feeds.calendar, name="calendar"),
        path("calendars/<str:token>.ics", feeds.my_calendar, name="my_calendar"),
        path("feed.atom", feeds.feed, name="feed"),
        path("spaces/<slug:slug>/calendar.ics", feeds.space_calendar, name="space_calendar"),
        *DEMO,
        path("my-work/", work.my_work, name="my_work"),
        path("my-work/<slug:slug>/", work.OrganizationWork.as_view(), name="work_year"),
        path("my-work/<slug:slug>/handover/", work.Handover.as_view(), name="work_handover"),
        path("account/", include("allauth.urls")),
        path("people/", include("accounts.urls")),
        path("organizations/", include(ORGANIZATIONS)),
        path("", include("commons.urls")),
        path("spaces/", include(SPACES)),
        path("meetings/<code:code>/communique/beginning/", CommuniqueBegin.as_view(), name="communique_begin"),
        path("meetings/", include("meetings.urls")),
        path("priorities/", include("priorities.urls")),
        path("representation/elections/", include("elections.urls")),
        path("representation/", include(COMMITTEES)),
        path("engagement/", include("engagement.urls")),
    ),
]

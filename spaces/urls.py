"""The page of one space joins committees, an app above, so it is in casa.urls."""

from django.urls import path

from core import paths  # noqa: F401  (makes <code:> and <row:> known)
from spaces import views

app_name = "spaces"

urlpatterns = [
    path("", views.SpaceList.as_view(), name="space_list"),
    path("editions/<code:code>/", views.EditionDetail.as_view(), name="edition_detail"),
    path("editions/<code:code>/dates/", views.EditionMove.as_view(), name="edition_move"),
    path("editions/<code:code>/state/", views.EditionStateChange.as_view(), name="edition_state"),
    path("editions/<code:code>/deadlines/new/", views.DeadlineAdd.as_view(), name="deadline_add"),
    path("deadlines/<row:pk>/extend/", views.DeadlineExtend.as_view(), name="deadline_extend"),
    path("our-part/new/", views.ParticipationAdd.as_view(), name="participation_add"),
    path("our-part/<code:code>/", views.ParticipationDetail.as_view(), name="participation_detail"),
    path("our-part/<code:code>/report/", views.ParticipationReport.as_view(), name="participation_report"),
    path("our-part/<code:code>/correction/", views.ParticipationEdit.as_view(), name="participation_edit"),
    path("<slug:slug>/editions/new/", views.EditionAdd.as_view(), name="edition_add"),
]

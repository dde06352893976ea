from django.urls import path

from core import paths  # noqa: F401  (makes <code:> known)
from engagement import views

app_name = "engagement"

urlpatterns = [
    path("", views.ActivityList.as_view(), name="activity_list"),
    path("visits/new/", views.ActivityAdd.as_view(), name="activity_add"),
    path("visits/<code:code>/", views.ActivityDetail.as_view(), name="activity_detail"),
    path("visits/<code:code>/correction/", views.ActivityEdit.as_view(), name="activity_edit"),
    path("visits/<code:code>/state/", views.ActivityStateChange.as_view(), name="activity_state"),
    path("training/<code:code>/", views.SessionDetail.as_view(), name="session_detail"),
    path("training/<code:code>/correction/", views.SessionEdit.as_view(), name="session_edit"),
    path("training/<code:code>/counts/", views.SessionCount.as_view(), name="session_count"),
    path("training/<code:code>/state/", views.SessionStateChange.as_view(), name="session_state"),
    path("programmes/new/", views.ProgrammeAdd.as_view(), name="programme_add"),
    path("programmes/<slug:slug>/", views.ProgrammeDetail.as_view(), name="programme_detail"),
    path("programmes/<slug:slug>/sessions/new/", views.SessionAdd.as_view(), name="session_add"),
    path("regulation/", views.RegulationList.as_view(), name="regulation_list"),
    path("regulation/new/", views.RegulationAdd.as_view(), name="regulation_add"),
    path("regulation/<code:code>/", views.RegulationDetail.as_view(), name="regulation_detail"),
    path("regulation/<code:code>/steps/new/", views.EventAdd.as_view(), name="event_add"),
    path("regulation/<code:code>/impact/", views.ImpactWrite.as_view(), name="impact_write"),
]

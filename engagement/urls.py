from django.urls import path

from core import paths  # noqa: F401  (makes <code:> known)
from engagement.views import activities, pages, regulation, training

app_name = "engagement"

urlpatterns = [
    path("", pages.ActivityList.as_view(), name="activity_list"),
    path("visits/new/", activities.ActivityAdd.as_view(), name="activity_add"),
    path("visits/<code:code>/", pages.ActivityDetail.as_view(), name="activity_detail"),
    path("visits/<code:code>/correction/", activities.ActivityEdit.as_view(), name="activity_edit"),
    path("visits/<code:code>/state/", activities.ActivityStateChange.as_view(), name="activity_state"),
    path("training/<code:code>/", pages.SessionDetail.as_view(), name="session_detail"),
    path("training/<code:code>/correction/", training.SessionEdit.as_view(), name="session_edit"),
    path("training/<code:code>/counts/", training.SessionCount.as_view(), name="session_count"),
    path("training/<code:code>/state/", training.SessionStateChange.as_view(), name="session_state"),
    path("programmes/new/", training.ProgrammeAdd.as_view(), name="programme_add"),
    path("programmes/<slug:slug>/", pages.ProgrammeDetail.as_view(), name="programme_detail"),
    path("programmes/<slug:slug>/sessions/new/", training.SessionAdd.as_view(), name="session_add"),
    path("regulation/", regulation.RegulationList.as_view(), name="regulation_list"),
    path("regulation/new/", regulation.RegulationAdd.as_view(), name="regulation_add"),
    path("regulation/<code:code>/", regulation.RegulationDetail.as_view(), name="regulation_detail"),
    path("regulation/<code:code>/steps/new/", regulation.EventAdd.as_view(), name="event_add"),
    path("regulation/<code:code>/impact/", regulation.ImpactWrite.as_view(), name="impact_write"),
]

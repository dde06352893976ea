from django.urls import path

from core import paths  # noqa: F401  (makes <code:> known)
from engagement import views

app_name = "engagement"

urlpatterns = [
    path("", views.ActivityList.as_view(), name="activity_list"),
    path("visits/<code:code>/", views.ActivityDetail.as_view(), name="activity_detail"),
    path("training/<code:code>/", views.SessionDetail.as_view(), name="session_detail"),
    path("programmes/<slug:slug>/", views.ProgrammeDetail.as_view(), name="programme_detail"),
]

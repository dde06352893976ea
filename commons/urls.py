from django.urls import path

from commons import views
from core import paths  # noqa: F401  (makes <code:> known)

app_name = "commons"

urlpatterns = [
    path("actions/", views.ActionList.as_view(), name="action_list"),
    path("actions/<code:code>/", views.ActionDetail.as_view(), name="action_detail"),
    path("actions/<code:code>/report/", views.ActionReport.as_view(), name="action_report"),
    path("actions/<code:code>/link/<str:token>/", views.ActionByLink.as_view(), name="action_by_link"),
    path("themes/", views.ThemeList.as_view(), name="theme_list"),
    path("themes/new/", views.ThemeAdd.as_view(), name="theme_add"),
    path("themes/<slug:slug>/name/", views.ThemeRename.as_view(), name="theme_rename"),
    path("themes/<slug:slug>/retire/", views.ThemeRetire.as_view(), name="theme_retire"),
    path("themes/<slug:slug>/offer/", views.ThemeOffer.as_view(), name="theme_offer"),
]

from django.urls import path

from committees import views

app_name = "committees"

urlpatterns = [
    path("", views.Representation.as_view(), name="representation"),
    path("<slug:slug>/", views.CommitteeDetail.as_view(), name="committee_detail"),
]

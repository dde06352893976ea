"""Representation. The page of one committee joins elections, a layer above, so casa.urls adds it."""

from django.urls import path

from committees import views

app_name = "committees"

urlpatterns = [
    path("", views.Representation.as_view(), name="representation"),
]

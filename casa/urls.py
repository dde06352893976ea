"""Addresses of the house. Below a language: pages; without one: what machines read."""

from django.urls import include, path

from casa import views
from casa.i18n import language_addresses

handler400 = "casa.views.bad_request"
handler403 = "casa.views.forbidden"
handler404 = "casa.views.not_found"
handler500 = "casa.views.server_error"

urlpatterns = [
    path("health/", views.health, name="health"),
    *language_addresses(
        path("", views.home, name="home"),
        path("about/", views.about, name="about"),
        path("my-work/", views.my_work, name="my_work"),
        path("account/", include("allauth.urls")),
        path("people/", include("accounts.urls")),
        path("organizations/", include("organizations.urls")),
        path("actions/", include("commons.urls")),
        path("spaces/", include("spaces.urls")),
        path("meetings/", include("meetings.urls")),
        path("priorities/", include("priorities.urls")),
        path("representation/", include("committees.urls")),
        path("engagement/", include("engagement.urls")),
    ),
]

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("invitation/<str:token>/", views.InvitationAccept.as_view(), name="invitation_accept"),
    path("stop/<str:token>/", views.MailStop.as_view(), name="mail_stop"),
    path("preferences/", views.Preferences.as_view(), name="preferences"),
]

"""Addresses of the demonstration, below /es/demo/; outside one they do not exist."""

from django.urls import path

from demo import views

urlpatterns = [
    path("", views.sign_in, name="demo_sign_in"),
    path("mailbox/", views.mails, name="demo_mailbox"),
]

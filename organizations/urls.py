"""The page of one organisation joins what apps above know of it, so it is in casa.urls."""

from django.urls import path

from core import paths  # noqa: F401  (makes <row:> known)
from organizations import views

app_name = "organizations"

urlpatterns = [
    path("", views.OrganizationList.as_view(), name="organization_list"),
    path("house-roles/", views.PortalRoles.as_view(), name="portal_roles"),
    path("house-roles/new/", views.PortalRoleName.as_view(), name="portal_role_name"),
    path("mandates/<row:pk>/end/", views.MandateEnd.as_view(), name="mandate_end"),
    path("<slug:slug>/mandates/", views.MandateList.as_view(), name="mandate_list"),
    path("<slug:slug>/mandates/new/", views.MandateName.as_view(), name="mandate_name"),
]

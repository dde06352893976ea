from django.urls import path

from organizations import views

app_name = "organizations"

urlpatterns = [
    path("", views.OrganizationList.as_view(), name="organization_list"),
    path("mandates/<int:pk>/end/", views.MandateEnd.as_view(), name="mandate_end"),
    path("<slug:slug>/", views.OrganizationDetail.as_view(), name="organization_detail"),
    path("<slug:slug>/mandates/", views.MandateList.as_view(), name="mandate_list"),
    path("<slug:slug>/mandates/new/", views.MandateName.as_view(), name="mandate_name"),
]

from django.urls import path

from commons import views

app_name = "commons"

urlpatterns = [
    path("<str:code>/", views.ActionDetail.as_view(), name="action_detail"),
    path("<str:code>/report/", views.ActionReport.as_view(), name="action_report"),
]

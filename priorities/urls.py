from django.urls import path

from core import paths  # noqa: F401  (makes <year:>, <code:> and <row:> known)
from priorities import views

app_name = "priorities"

urlpatterns = [
    path("", views.CycleList.as_view(), name="cycle_list"),
    path("new/", views.CycleCreate.as_view(), name="cycle_create"),
    path("mine/", views.PlanMine.as_view(), name="plan_mine"),
    path("<year:year>/", views.CycleDetail.as_view(), name="cycle_detail"),
    path("<year:year>/dashboard/", views.CycleDashboard.as_view(), name="cycle_dashboard"),
    path("<year:year>/dates/", views.CycleEdit.as_view(), name="cycle_edit"),
    path("<year:year>/extension/", views.CycleExtend.as_view(), name="cycle_extend"),
    path("<year:year>/reminder/", views.CycleRemind.as_view(), name="cycle_remind"),
    path("<year:year>/publication/", views.CyclePublish.as_view(), name="cycle_publish"),
    path("<year:year>/state/<slug:step>/", views.CycleMove.as_view(), name="cycle_move"),
    path("<year:year>/plans/<slug:slug>/", views.PlanBegin.as_view(), name="plan_begin"),
    path("plans/<code:code>/", views.PlanDetail.as_view(), name="plan_detail"),
    path("plans/<code:code>/draft/", views.PlanEdit.as_view(), name="plan_edit"),
    path("plans/<code:code>/draft/new/", views.DraftAdd.as_view(), name="draft_add"),
    path("plans/<code:code>/draft/<row:pk>/", views.DraftEdit.as_view(), name="draft_edit"),
    path("plans/<code:code>/draft/<row:pk>/place/", views.DraftMove.as_view(), name="draft_move"),
    path("plans/<code:code>/draft/<row:pk>/removal/", views.DraftRemove.as_view(), name="draft_remove"),
    path("plans/<code:code>/draft/from/<code:priority>/", views.DraftContinue.as_view(), name="draft_continue"),
    path("plans/<code:code>/submission/", views.PlanSubmit.as_view(), name="plan_submit"),
    path("plans/<code:code>/none/", views.PlanNone.as_view(), name="plan_none"),
    path("plans/<code:code>/withdrawal/", views.PlanWithdraw.as_view(), name="plan_withdraw"),
    path("plans/<code:code>/amendment/", views.PlanAmend.as_view(), name="plan_amend"),
    path("plans/<code:code>/amendment/discard/", views.PlanDiscard.as_view(), name="plan_discard"),
    path("<code:code>/", views.PriorityDetail.as_view(), name="priority_detail"),
]

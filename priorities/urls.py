from django.urls import path

from priorities import views

app_name = "priorities"

urlpatterns = [
    path("", views.CycleList.as_view(), name="cycle_list"),
    path("new/", views.CycleCreate.as_view(), name="cycle_create"),
    path("mine/", views.PlanMine.as_view(), name="plan_mine"),
    path("<int:year>/", views.CycleDetail.as_view(), name="cycle_detail"),
    path("<int:year>/dashboard/", views.CycleDashboard.as_view(), name="cycle_dashboard"),
    path("<int:year>/dates/", views.CycleEdit.as_view(), name="cycle_edit"),
    path("<int:year>/extension/", views.CycleExtend.as_view(), name="cycle_extend"),
    path("<int:year>/reminder/", views.CycleRemind.as_view(), name="cycle_remind"),
    path("<int:year>/publication/", views.CyclePublish.as_view(), name="cycle_publish"),
    path("<int:year>/state/<slug:step>/", views.CycleMove.as_view(), name="cycle_move"),
    path("<int:year>/plans/<slug:slug>/", views.PlanBegin.as_view(), name="plan_begin"),
    path("plans/<str:code>/", views.PlanDetail.as_view(), name="plan_detail"),
    path("plans/<str:code>/draft/", views.PlanEdit.as_view(), name="plan_edit"),
    path("plans/<str:code>/draft/new/", views.DraftAdd.as_view(), name="draft_add"),
    path("plans/<str:code>/draft/<int:pk>/", views.DraftEdit.as_view(), name="draft_edit"),
    path("plans/<str:code>/draft/<int:pk>/place/", views.DraftMove.as_view(), name="draft_move"),
    path("plans/<str:code>/draft/<int:pk>/removal/", views.DraftRemove.as_view(), name="draft_remove"),
    path("plans/<str:code>/draft/from/<str:priority>/", views.DraftContinue.as_view(), name="draft_continue"),
    path("plans/<str:code>/submission/", views.PlanSubmit.as_view(), name="plan_submit"),
    path("plans/<str:code>/none/", views.PlanNone.as_view(), name="plan_none"),
    path("plans/<str:code>/withdrawal/", views.PlanWithdraw.as_view(), name="plan_withdraw"),
    path("plans/<str:code>/amendment/", views.PlanAmend.as_view(), name="plan_amend"),
    path("plans/<str:code>/amendment/discard/", views.PlanDiscard.as_view(), name="plan_discard"),
    path("<str:code>/", views.PriorityDetail.as_view(), name="priority_detail"),
]

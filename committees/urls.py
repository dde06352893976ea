from django.urls import path

from committees import views

app_name = "committees"

urlpatterns = [
    path("", views.Representation.as_view(), name="representation"),
    path("elections/", views.ElectionList.as_view(), name="election_list"),
    path("elections/new/", views.ElectionCreate.as_view(), name="election_create"),
    path("elections/nomination/<str:token>/", views.NominationLink.as_view(), name="nomination_link"),
    path("elections/<code:code>/", views.ElectionDetail.as_view(), name="election_detail"),
    path("elections/<code:code>/result.json", views.ElectionResult.as_view(), name="election_result"),
    path("elections/<code:code>/evidence.zip", views.ElectionEvidence.as_view(), name="election_evidence"),
    path("elections/<code:code>/console/", views.ElectionConsole.as_view(), name="election_console"),
    path("elections/<code:code>/console/officer/", views.TakeOver.as_view(), name="election_take_over"),
    path("elections/<code:code>/console/roll/<slug:slug>/", views.RollEdit.as_view(), name="election_roll"),
    path("elections/<code:code>/console/draw/", views.ElectionDraw.as_view(), name="election_draw"),
    path("elections/<code:code>/console/annulment/", views.ElectionAnnul.as_view(), name="election_annul"),
    path(
        "elections/<code:code>/console/withdrawal/<row:pk>/", views.WithdrawalNote.as_view(), name="election_withdrawal"
    ),
    path("elections/<code:code>/notice/", views.ElectionNotice.as_view(), name="election_notice"),
    path("elections/<code:code>/console/<slug:verb>/", views.ElectionAct.as_view(), name="election_act"),
    path("elections/<code:code>/nominations/", views.Nominate.as_view(), name="election_nominate"),
    path("elections/<code:code>/nominations/<row:pk>/", views.NominationAnswer.as_view(), name="nomination_answer"),
    path("elections/<code:code>/vote/", views.Booth.as_view(), name="election_booth"),
    path("<slug:slug>/", views.CommitteeDetail.as_view(), name="committee_detail"),
]

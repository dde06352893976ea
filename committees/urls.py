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
    path("elections/<code:code>/certificate/", views.ElectionCertificate.as_view(), name="election_certificate"),
    path("elections/<code:code>/notice/", views.ElectionNotice.as_view(), name="election_notice"),
    path("elections/<code:code>/console/claims/<row:pk>/", views.ClaimAnswer.as_view(), name="claim_answer"),
    path("elections/<code:code>/console/electors/", views.RollFill.as_view(), name="roll_fill"),
    path("elections/<code:code>/console/paper/", views.PaperBegin.as_view(), name="paper_begin"),
    path("elections/<code:code>/console/papers/", views.PapersEnter.as_view(), name="papers_enter"),
    path("elections/<code:code>/console/second-round/", views.SecondRound.as_view(), name="election_second_round"),
    path("elections/<code:code>/console/vacancy/", views.VacancyRecord.as_view(), name="election_vacancy"),
    path("elections/<code:code>/console/consensus/", views.ConsensusNote.as_view(), name="election_consensus"),
    path("elections/<code:code>/console/scrutineers/", views.ScrutineerName.as_view(), name="scrutineer_name"),
    path(
        "elections/<code:code>/console/scrutineers/<row:pk>/end/",
        views.ScrutineerRemove.as_view(),
        name="scrutineer_remove",
    ),
    path(
        "elections/<code:code>/console/corrections/<slug:slug>/", views.CorrectionAsk.as_view(), name="roll_correction"
    ),
    path(
        "elections/<code:code>/console/corrections/<row:pk>/answer/",
        views.CorrectionAnswer.as_view(),
        name="correction_answer",
    ),
    path("elections/<code:code>/console/present/<slug:slug>/", views.ElectorPresent.as_view(), name="elector_present"),
    path("elections/<code:code>/here/", views.ElectorHere.as_view(), name="elector_here"),
    path("elections/<code:code>/secrecy/", views.SecrecyRequest.as_view(), name="secrecy_request"),
    path("elections/<code:code>/console/<slug:verb>/", views.ElectionAct.as_view(), name="election_act"),
    path("elections/<code:code>/claims/", views.ClaimRaise.as_view(), name="claim_raise"),
    path("elections/<code:code>/claims/none/", views.NoClaimsSay.as_view(), name="no_claims"),
    path("elections/<code:code>/scrutiny/", views.ScrutineerConsole.as_view(), name="election_scrutiny"),
    path("elections/<code:code>/conformity/", views.ConformitySay.as_view(), name="election_conformity"),
    path("elections/<code:code>/candidates/<row:number>/support/", views.SupportGive.as_view(), name="support_give"),
    path("elections/<code:code>/candidates/<row:number>/questions/", views.QuestionAsk.as_view(), name="question_ask"),
    path("elections/<code:code>/questions/<row:pk>/", views.QuestionAnswer.as_view(), name="question_answer"),
    path("elections/<code:code>/nominations/", views.Nominate.as_view(), name="election_nominate"),
    path("elections/<code:code>/nominations/<row:pk>/", views.NominationAnswer.as_view(), name="nomination_answer"),
    path("elections/<code:code>/vote/", views.Booth.as_view(), name="election_booth"),
    path("<slug:slug>/", views.CommitteeDetail.as_view(), name="committee_detail"),
]

from django.urls import path

from core import paths  # noqa: F401  (makes <code:> known)
from meetings import views

app_name = "meetings"

urlpatterns = [
    path("", views.MeetingList.as_view(), name="meeting_list"),
    path("new/", views.MeetingCreate.as_view(), name="meeting_create"),
    path("decisions/<code:code>/", views.DecisionDetail.as_view(), name="decision_detail"),
    path("decisions/<code:code>/correct/", views.DecisionEdit.as_view(), name="decision_edit"),
    path("decisions/<code:code>/state/", views.DecisionStateSet.as_view(), name="decision_state"),
    path("<code:code>/", views.MeetingDetail.as_view(), name="meeting_detail"),
    path("<code:code>/calendar.ics", views.MeetingCalendar.as_view(), name="meeting_calendar"),
    path("<code:code>/correct/", views.MeetingEdit.as_view(), name="meeting_edit"),
    path("<code:code>/visibility/", views.MeetingVisibility.as_view(), name="meeting_visibility"),
    path("<code:code>/dates/", views.MeetingMove.as_view(), name="meeting_move"),
    path("<code:code>/convening/", views.MeetingConvene.as_view(), name="meeting_convene"),
    path("<code:code>/invitations/", views.MeetingInvite.as_view(), name="meeting_invite"),
    path("<code:code>/cancelling/", views.MeetingCancel.as_view(), name="meeting_cancel"),
    path("<code:code>/beginning/", views.MeetingBegin.as_view(), name="meeting_begin"),
    path("<code:code>/end/", views.MeetingHold.as_view(), name="meeting_hold"),
    path("<code:code>/publication/", views.MeetingPublish.as_view(), name="meeting_publish"),
    path("<code:code>/attendance/", views.AttendanceRecord.as_view(), name="attendance_record"),
    path("<code:code>/agenda/", views.Agenda.as_view(), name="agenda"),
    path("<code:code>/agenda/new/", views.ItemAdd.as_view(), name="item_add"),
    path("<code:code>/agenda/<row:item>/", views.ItemEdit.as_view(), name="item_edit"),
    path("<code:code>/agenda/<row:item>/up/", views.ItemMove.as_view(step=-1), name="item_up"),
    path("<code:code>/agenda/<row:item>/down/", views.ItemMove.as_view(step=1), name="item_down"),
    path("<code:code>/agenda/<row:item>/removal/", views.ItemRemove.as_view(), name="item_remove"),
    path("<code:code>/decisions/new/", views.DecisionRecord.as_view(), name="decision_record"),
    path("<code:code>/actions/new/", views.ActionRecord.as_view(), name="action_record"),
    path("<code:code>/outcome/", views.OutcomeTexts.as_view(), name="outcome"),
    path("<code:code>/outcome/<slug:language>/", views.OutcomeWrite.as_view(), name="outcome_write"),
    path("<code:code>/outcome/<slug:language>/<row:number>/", views.OutcomeVersion.as_view(), name="outcome_version"),
]

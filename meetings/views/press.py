"""What the press reads: the published text to copy, the text before its hour, organisations' own accounts."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from core.generic import AboutForm, ClockMixin
from core.text import content_language
from core.visibility import Visibility
from meetings import services
from meetings.documents import columns, press_text, side_by_side, signatures
from meetings.forms.communique import AccountForm, EmbargoForm
from meetings.models import Communique, Meeting, OwnAccount
from meetings.services.press import reader_by_link
from meetings.views.communique import CommuniqueAct, CommuniqueMixin
from meetings.views.meetings import MeetingAct
from organizations.models import Organization
from organizations.standing import standing_of


class Press(CommuniqueMixin, TemplateView):
    """The published communiqué in each of its languages, as text to copy."""

    template_name = "meetings/press.html"

    def get_context_data(self, **kwargs):
        if not self.object.is_out(self.now):
            raise Http404
        read = signatures(self.object, self.now)
        texts = [
            (one, press_text(self.object.meeting, one, read))
            for one in columns(self.object.meeting.outcome)
            if one.version
        ]
        return super().get_context_data(texts=texts, read=read, **kwargs)


class EmbargoGive(CommuniqueMixin, AboutForm):
    """Let somebody named read it before its hour."""

    permission_required = "meetings.lead_communique"
    form_class = EmbargoForm
    heading, verb = gettext_lazy("Give somebody early access"), gettext_lazy("Send the link")
    lede = gettext_lazy(
        "The link is sent by e-mail, is for them alone, and can be withdrawn on the page of the communiqué."
    )
    done = gettext_lazy("The link has been sent.")

    def get_initial(self):
        return {}

    def act(self, form):
        services.give_embargo(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class EmbargoRevoke(CommuniqueAct):
    """Withdraw a link."""

    permission_required = "meetings.lead_communique"
    done = gettext_lazy("The link has been withdrawn.")

    def act(self):
        reader = get_object_or_404(self.object.readers, pk=self.kwargs["reader"])
        services.revoke_embargo(reader, actor=self.request.user, now=self.now)


@method_decorator(never_cache, name="dispatch")
class EmbargoByLink(ClockMixin, View):
    """The text before its hour, for whoever the link was given to. It is read, nothing else."""

    http_method_names = ["get", "head"]

    def get(self, request, code, token):
        found = Communique.objects.whole().exclude(meeting__visibility=Visibility.PRIVATE)
        communique = found.filter(meeting__code=code).first()
        if communique and communique.is_out(self.now) and communique.meeting.visibility == Visibility.PUBLIC:
            # Whoever has a link, dead or alive, finds what everybody may read by now.
            return redirect(communique.meeting)
        reader = communique and reader_by_link(communique, token, self.now)
        if not reader:
            return render(request, "meetings/embargo_by_link.html", {"reader": None}, status=410)
        told = columns(communique.meeting.outcome)
        context = {
            "communique": communique, "meeting": communique.meeting, "reader": reader, "columns": told,
            "rows": side_by_side(told), "token": token, "is_out": communique.is_out(self.now),
        }  # fmt: skip
        return render(request, "meetings/embargo_by_link.html", context)


class AccountAdd(AboutForm):
    """Link what one's organisation wrote about the meeting elsewhere."""

    model = Meeting
    permission_required = "meetings.link_account"
    form_class = AccountForm
    heading, verb = gettext_lazy("Link to your organisation’s own account"), gettext_lazy("Link it")
    lede = gettext_lazy("It appears below the common text, as your organisation’s own words.")
    done = gettext_lazy("The link has been added.")

    def get_form_kwargs(self):
        standing = standing_of(self.request.user, self.now)
        mine = Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order()
        return super().get_form_kwargs() | {"mine": mine}

    def get_initial(self):
        return {"language": content_language()}

    def act(self, form):
        services.add_account(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class AccountRemove(MeetingAct):
    """Link it no more: the organisation's own writers, and the coordination team for a link that leads astray."""

    permission_required = "meetings.unlink_account"

    def load_object(self):
        super().load_object()
        self.account = get_object_or_404(OwnAccount, meeting=self.object, pk=self.kwargs["account"])

    def get_permission_object(self):
        return self.account

    def act(self):
        services.remove_account(self.account, actor=self.request.user, now=self.now)

"""The communiqué for the press: the text to copy, early access, the organisations' own accounts."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from core.generic import AboutForm, ClockMixin
from core.text import content_language
from core.visibility import Visibility
from meetings.forms.communique import AccountForm, EarlyAccessForm
from meetings.models import Communique, Meeting, OwnAccount
from meetings.queries.communique import language_columns, paragraph_rows
from meetings.queries.pages.press import press_page
from meetings.queries.press import reader_by_link
from meetings.services.press import add_account, grant_early_access, remove_account, revoke_early_access
from meetings.views.communique import CommuniqueAct, CommuniqueMixin
from meetings.views.meetings import MeetingAct
from organizations.models import Organization
from organizations.standing import standing_of


class Press(CommuniqueMixin, TemplateView):
    """The published communiqué in each of its languages, as text to copy."""

    template_name = "meetings/press.html"

    def get_context_data(self, **kwargs):
        if not self.object.is_published_at(self.now):
            raise Http404
        return super().get_context_data(page=press_page(self.object, self.now), **kwargs)


class EmbargoGrant(CommuniqueMixin, AboutForm):
    """Let somebody read a communiqué before it is published."""

    permission_required = "meetings.lead_communique"
    form_class = EarlyAccessForm
    heading, verb = gettext_lazy("Give somebody early access"), gettext_lazy("Send the link")
    lede = gettext_lazy(
        "The link is sent by e-mail, is for them alone, and can be withdrawn on the page of the communiqué."
    )
    done = gettext_lazy("The link has been sent.")

    def get_initial(self):
        return {}

    def act(self, form):
        grant_early_access(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class EmbargoRevoke(CommuniqueAct):
    """Revoke early access."""

    permission_required = "meetings.lead_communique"
    done = gettext_lazy("The link has been withdrawn.")

    def act(self):
        reader = get_object_or_404(self.object.readers, pk=self.kwargs["reader"])
        revoke_early_access(reader, actor=self.request.user, now=self.now)


@method_decorator(never_cache, name="dispatch")
class EmbargoByLink(ClockMixin, View):
    """The text before it is published, for those who have early access."""

    http_method_names = ["get", "head"]

    def get(self, request, code, token):
        found = Communique.objects.whole().exclude(meeting__visibility=Visibility.PRIVATE)
        communique = found.filter(meeting__code=code).first()
        if communique and communique.is_published_at(self.now) and communique.meeting.visibility == Visibility.PUBLIC:
            # Any link, valid or not, leads to what everybody can read by now.
            return redirect(communique.meeting)
        reader = communique and reader_by_link(communique, token, self.now)
        if not reader:
            return render(request, "meetings/embargo_by_link.html", {"reader": None}, status=410)
        columns = language_columns(communique.meeting.outcome)
        context = {
            "communique": communique,
            "meeting": communique.meeting,
            "reader": reader,
            "columns": columns,
            "rows": paragraph_rows(columns),
            "token": token,
            "is_published": communique.is_published_at(self.now),
        }
        return render(request, "meetings/embargo_by_link.html", context)


class AccountAdd(AboutForm):
    """Link the account of a meeting that one's organisation published elsewhere."""

    model = Meeting
    permission_required = "meetings.link_account"
    form_class = AccountForm
    heading, verb = gettext_lazy("Link to your organisation’s own account"), gettext_lazy("Link it")
    lede = gettext_lazy("It appears below the common text, as your organisation’s own words.")
    done = gettext_lazy("The link has been added.")

    def get_form_kwargs(self):
        standing = standing_of(self.request.user, self.now)
        own = Organization.objects.filter(pk__in=standing.writes_for & standing.member_of).in_order()
        return super().get_form_kwargs() | {"organizations": own}

    def get_initial(self):
        return {"language": content_language()}

    def act(self, form):
        add_account(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class AccountRemove(MeetingAct):
    """Remove the link: the organisation's own writers, and the coordination team where it leads elsewhere by now."""

    permission_required = "meetings.unlink_account"

    def load_object(self):
        super().load_object()
        self.account = get_object_or_404(OwnAccount, meeting=self.object, pk=self.kwargs["account"])

    def get_permission_object(self):
        return self.account

    def act(self):
        remove_account(self.account, actor=self.request.user, now=self.now)

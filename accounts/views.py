"""Pages about one's own account that allauth does not have."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import UpdateView, View

from accounts import queries, services
from accounts.forms import NEAR_ZONES, MailStopForm, PreferencesForm
from core import clock
from core.errors import NotNow
from core.outbox import kinds


class InvitationAccept(View):
    """The page of an invitation's personal link: one page, one button. A GET (or a mail scanner) uses nothing up."""

    def get(self, request, token):
        link = queries.find_link(token, queries.INVITATION, clock.now())
        status = 200 if link else 410
        return render(request, "accounts/invitation_accept.html", {"link": link}, status=status)

    def post(self, request, token):
        try:
            user = services.accept_invitation(token, now=clock.now())
        except NotNow:
            return render(request, "accounts/invitation_accept.html", {"link": None}, status=410)
        response = perform_login(request, user)
        messages.success(
            request, _("Welcome. You can set a password, or sign in each time with a code sent by e-mail.")
        )
        return response or redirect("my_work")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class MailStop(View):
    """Stops one kind of mail to one address. The signed address is the authority: mail programs POST here without a
    form token (RFC 8058). A GET, or a scanner's look, changes nothing."""

    http_method_names = ["get", "head", "post"]

    def answer(self, token, **context):
        choice = queries.choice_of(token)
        label = choice and kinds.stoppable().get(choice.kind)
        context |= {"address": choice and choice.address, "label": label}
        return render(self.request, "accounts/mail_stop.html", context, status=200 if label else 410)

    def get(self, request, token):
        return self.answer(token)

    def post(self, request, token):
        choice = queries.choice_of(token)
        if choice is None or choice.kind not in kinds.stoppable():
            return self.answer(token)
        form = MailStopForm(request.POST)
        if form.is_valid() and form.cleaned_data["again"]:
            services.resume_mail(choice.address, choice.kind)
            return self.answer(token, resumed=True)
        services.stop_mail(choice.address, choice.kind, clock.now())
        return self.answer(token, done=True)


class Preferences(LoginRequiredMixin, UpdateView):
    """Language and zone in which this portal writes to me."""

    form_class = PreferencesForm
    template_name = "accounts/preferences.html"
    success_url = reverse_lazy("accounts:preferences")

    def get_object(self, queryset=None):
        return self.request.user

    def get_initial(self):
        pairs = {(self.request.user.email, kind) for kind in kinds.stoppable()}
        unwanted = {kind for _address, kind in queries.stopped(pairs)}
        return {"reminders": [kind for kind in kinds.stoppable() if kind not in unwanted]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(zones=NEAR_ZONES, **kwargs)

    def form_valid(self, form):
        services.save_preferences(
            self.request.user,
            language=form.cleaned_data["language"],
            zone=form.cleaned_data["zone"],
            unwanted=form.unwanted,
            now=clock.now(),
        )
        messages.success(self.request, _("Your preferences have been saved."))
        return redirect(reverse("accounts:preferences"))

"""Pages about one's own account that allauth does not have."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import UpdateView, View

from accounts import services
from accounts.forms import NEAR_ZONES, PreferencesForm
from core import clock
from core.errors import NotNow


class InvitationAccept(View):
    """The page of an invitation's personal link: one page, one button. A GET (or a mail scanner) uses nothing up."""

    def get(self, request, token):
        link = services.find_link(token, services.INVITATION, clock.now())
        status = 200 if link else 410
        return render(request, "accounts/invitation_accept.html", {"link": link}, status=status)

    def post(self, request, token):
        try:
            user = services.accept_invitation(token, clock.now())
        except NotNow:
            return render(request, "accounts/invitation_accept.html", {"link": None}, status=410)
        response = perform_login(request, user)
        messages.success(request, _("Welcome. You may set a password, or sign in by a mailed code each time."))
        return response or redirect("my_work")


class Preferences(LoginRequiredMixin, UpdateView):
    """Language and zone in which this portal writes to me."""

    form_class = PreferencesForm
    template_name = "accounts/preferences.html"
    success_url = reverse_lazy("accounts:preferences")

    def get_object(self, queryset=None):
        return self.request.user

    def get_context_data(self, **kwargs):
        return super().get_context_data(zones=NEAR_ZONES, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        services.save_preferences(self.request.user, data["language"], data["zone"])
        messages.success(self.request, _("Your preferences are kept."))
        return redirect(reverse("accounts:preferences"))

"""The communiqué: read side by side, signed, reviewed, published."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core import clock
from core.generic import AboutForm, ActView, VisibleMixin
from meetings.forms.acts import ReviewForm, SignForm
from meetings.forms.communique import SigningForm
from meetings.models import Communique
from meetings.queries.pages.communique import communique_page
from meetings.services.communique import open_signing, publish_communique, review_translation, sign_communique
from organizations.models import Organization
from organizations.standing import standing_of


class CommuniqueMixin(VisibleMixin):
    """The communiqué of a meeting, among those this reader can see."""

    model = Communique
    extra_context = {"section": "meetings"}

    def get_queryset(self):
        return super().get_queryset().whole()

    def get_object(self, queryset=None):
        if not hasattr(self, "_object"):
            self._object = self.get_queryset().filter(meeting__code=self.kwargs["code"]).first()
            if self._object is None:
                raise Http404
        return self._object

    @property
    def about(self):
        return self.object.meeting

    def get_success_url(self):
        return self.object.get_absolute_url()

    def members(self):
        return Organization.objects.members_on(clock.today(self.now, settings.CASA_ZONE))

    def get_context_data(self, **kwargs):
        return super().get_context_data(communique=self.object, meeting=self.object.meeting, **kwargs)


class CommuniqueAct(CommuniqueMixin, ActView):
    """One act on a communiqué by a POST."""


class SignAct(CommuniqueAct):
    """An answer for a member organisation; an unknown one is a 404."""

    def signing_form(self):
        form = SignForm(self.request.POST, organizations=self.members())
        if "organization" in form.errors:
            raise Http404
        return form


class CommuniquePage(CommuniqueMixin, TemplateView):
    """Countdown, who signed, the languages side by side; `?in=pt` shows one of them."""

    permission_required = "meetings.read_communique"
    template_name = "meetings/communique.html"

    def get_context_data(self, **kwargs):
        chosen = self.request.GET.get("in", "")
        return super().get_context_data(
            page=communique_page(self.object, self.request.user, self.now, chosen), **kwargs
        )


class CommuniqueSign(SignAct):
    """Answer for an organisation for which one speaks."""

    permission_required = "meetings.sign_communique"
    done = gettext_lazy("Your organisation’s answer has been recorded.")

    def act(self):
        form = self.signing_form()
        if form.cleaned_data["organization"].pk not in standing_of(self.request.user, self.now).speaks_for:
            raise Http404
        data = form.checked()
        sign_communique(self.object, answer=data.pop("stand"), **data, actor=self.request.user, now=self.now)


class CommuniqueAloud(SignAct):
    """Record what an organisation said aloud in the room."""

    permission_required = "meetings.lead_communique"

    def act(self):
        data = self.signing_form().checked()
        answer = data.pop("stand")
        sign_communique(self.object, answer=answer, **data, aloud=True, actor=self.request.user, now=self.now)


class CommuniqueReview(CommuniqueAct):
    """Name oneself as the reviewer of a translation compared with the official text."""

    permission_required = "meetings.review_translation"
    done = gettext_lazy("The translation now names you as its reviewer.")

    def act(self):
        user = self.request.user
        names = Organization.objects.filter(pk__in=standing_of(user, self.now).member_of).in_order()
        where = ", ".join(one.acronym for one in names) or _("coordination team")
        reviewer = f"{user.person.name} ({where})"[:120]
        data = ReviewForm(self.request.POST).checked()
        review_translation(self.object.meeting, **data, reviewer=reviewer, actor=user, now=self.now)


class CommuniqueOpen(CommuniqueMixin, AboutForm):
    """Open the text for signing and announce when it will be published."""

    permission_required = "meetings.lead_communique"
    form_class = SigningForm
    heading, verb = gettext_lazy("Ask the organisations to sign"), gettext_lazy("Ask them and announce the time")
    lede = gettext_lazy(
        "Everybody who speaks for a member organisation is notified. At the announced time it is published "
        "automatically, in the name of those who signed."
    )
    done = gettext_lazy("The organisations have been asked to sign, and the time is announced.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"zone": self.object.meeting.zone}

    def get_initial(self):
        at = self.object.publishes_at
        return {"publishes_at": at.astimezone(clock.zone(self.object.meeting.zone))} if at else {}

    def act(self, form):
        open_signing(self.object, **form.cleaned_data, actor=self.request.user, now=self.now)


class CommuniquePublish(CommuniqueAct):
    """Publish it before its time, once everybody has answered."""

    permission_required = "meetings.lead_communique"
    done = gettext_lazy("It is published, in the name of those who signed.")

    def act(self):
        publish_communique(self.object, actor=self.request.user, now=self.now)

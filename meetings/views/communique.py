"""The communiqué: read side by side, signed by tap or aloud, reviewed, published."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from commons.states import SignOffAnswer
from core import clock, permissions
from core.generic import AboutForm, ActView, VisibleMixin
from meetings import services
from meetings.documents import columns, side_by_side, signatures
from meetings.forms.communique import HourForm
from meetings.models import Communique
from meetings.services.communique import IN_THE_ROOM, publication_blockers
from organizations.models import Organization
from organizations.standing import standing_of


class CommuniqueMixin(VisibleMixin):
    """The communiqué of a meeting, among those this reader may see."""

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
    """One act on it by a POST."""

    def organization(self):
        found = self.members().filter(slug=self.request.POST.get("organization", "")).first()
        if found is None:
            raise Http404
        return found

    def number(self):
        number = self.request.POST.get("number", "")
        return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1


class CommuniquePage(CommuniqueMixin, TemplateView):
    """Countdown, who signed, the languages side by side; `?in=pt` shows one of them."""

    permission_required = "meetings.read_communique"
    template_name = "meetings/communique.html"

    def get_context_data(self, **kwargs):
        communique, now = self.object, self.now
        found, user = columns(communique.meeting.outcome), self.request.user
        shown = [one for one in found if one.code == self.request.GET.get("in")] or found
        read = signatures(communique, now)
        leads = permissions.has_perm(user, "meetings.lead_communique")
        is_out = communique.is_out(now)
        context = {
            "columns": found, "shown": shown, "is_one": len(shown) == 1 < len(found), "rows": side_by_side(shown),
            "read": read, "is_out": is_out, "leads": leads, "stands": SignOffAnswer, "mine": self._mine(read),
            "official": communique.meeting.outcome.official(), "now": now,
            "may_review": permissions.has_perm(user, "meetings.review_translation"),
            "may_note": leads and not is_out and communique.accepts_answers,
            "holding": publication_blockers(communique, now) if leads and not is_out else {},
            "may_ask": leads and not is_out and communique.meeting.state in IN_THE_ROOM,
            "early": list(communique.readers.filter(revoked_at=None)) if leads else [],
        }  # fmt: skip
        return super().get_context_data(**context, **kwargs)

    def _mine(self, read):
        """[(organisation, its SignOff or None)] of those for which the reader answers and may answer now."""
        communique = self.object
        if not communique.accepts_answers:
            return []
        speaks = standing_of(self.request.user, self.now).speaks_for
        said = {one.organization_id: one for one in (*read.signed, *read.adhered, *read.apart)}
        mine = [(one, said.get(one.pk)) for one in self.members().filter(pk__in=speaks)]
        if communique.is_out(self.now):
            return [(one, answer) for one, answer in mine if answer is None or not answer.is_signed]
        return mine


class CommuniqueSign(CommuniqueAct):
    """A delegate answers for their organisation."""

    permission_required = "meetings.sign_communique"
    done = gettext_lazy("Your organisation’s answer has been recorded.")

    def act(self):
        organization = self.organization()
        if organization.pk not in standing_of(self.request.user, self.now).speaks_for:
            raise Http404
        post = self.request.POST
        services.sign(
            self.object, organization, post.get("stand", ""), post.get("words", "")[:1000], number=self.number(),
            actor=self.request.user, now=self.now,
        )  # fmt: skip


class CommuniqueAloud(CommuniqueAct):
    """What an organisation said in the room, noted by the coordination team as such."""

    permission_required = "meetings.lead_communique"

    def act(self):
        post = self.request.POST
        services.sign(
            self.object, self.organization(), post.get("stand", ""), post.get("words", "")[:1000],
            number=self.number(), aloud=True, actor=self.request.user, now=self.now,
        )  # fmt: skip


class CommuniqueReview(CommuniqueAct):
    """A member puts their name under a translation they compared with the official text."""

    permission_required = "meetings.review_translation"
    done = gettext_lazy("The translation now names you as its reviewer.")

    def act(self):
        user = self.request.user
        names = Organization.objects.filter(pk__in=standing_of(user, self.now).member_of).in_order()
        where = ", ".join(one.acronym for one in names) or _("coordination team")
        services.review_translation(
            self.object.meeting, self.request.POST.get("language", ""), self.number(),
            f"{user.person.name} ({where})"[:120], actor=user, now=self.now,
        )  # fmt: skip


class CommuniqueAsk(CommuniqueMixin, AboutForm):
    """Put the text to the organisations and announce the hour."""

    permission_required = "meetings.lead_communique"
    form_class = HourForm
    heading, verb = gettext_lazy("Ask the organisations to sign"), gettext_lazy("Ask them and announce the time")
    lede = gettext_lazy(
        "Everybody who speaks for a member organisation is notified. At the announced time it is published "
        "automatically, in the name of those who signed."
    )
    done = gettext_lazy("The organisations have been asked to sign, and the time is announced.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"zone": self.object.meeting.zone}

    def get_initial(self):
        hour = self.object.publishes_at
        return {"publishes_at": hour.astimezone(clock.zone(self.object.meeting.zone))} if hour else {}

    def act(self, form):
        services.ask_to_sign(self.object, form.cleaned_data["publishes_at"], actor=self.request.user, now=self.now)


class CommuniquePublish(CommuniqueAct):
    """Let it go out before its hour, once everybody has answered."""

    permission_required = "meetings.lead_communique"
    done = gettext_lazy("It is published, in the name of those who signed.")

    def act(self):
        services.publish_communique(self.object, actor=self.request.user, now=self.now)

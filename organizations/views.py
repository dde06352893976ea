"""Pages of organisations and of who speaks for them."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView

from core import clock, query_params
from core.generic import ActView, ClockMixin, PermissionRequiredMixin, ServiceFormMixin
from organizations import services
from organizations.forms import MandateForm, roles_given_by
from organizations.models import Mandate, Organization
from organizations.standing import standing_of
from organizations.states import OrganizationKind

HEADINGS = {
    OrganizationKind.OBSERVER: _("Observers"),
    OrganizationKind.PARTNER: _("Partner organisations"),
    OrganizationKind.GUEST: _("Guests"),
}


class OrganizationList(ClockMixin, ListView):
    """The community's composition today, or on a past day (`?on=2024-01-22`), and those who work with it."""

    template_name = "organizations/organization_list.html"
    context_object_name = "organizations"

    def get_queryset(self):
        return Organization.objects.visible_to(self.request.user, self.now).in_order()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        on = query_params.day(self.request.GET, "on", clock.today(self.now, settings.CASA_ZONE))
        everyone = list(context["organizations"])
        members = [o for o in everyone if o.kind == OrganizationKind.MEMBER and o.is_in_on(on.value)]
        former = [o for o in everyone if o.kind == OrganizationKind.MEMBER and o not in members]
        others = [
            (HEADINGS[kind], [o for o in everyone if o.kind == kind and o.is_in_on(on.value)])
            for kind in OrganizationKind
            if kind != OrganizationKind.MEMBER
        ]
        undated = sum(1 for o in members if o.member_from is None)
        context |= {"members": members, "former": former, "others": others, "undated": undated}
        return context | {"on": on, "section": "organizations"}


class Mandates(PermissionRequiredMixin, ListView):
    """Roles held now and before, those of today first."""

    context_object_name = "mandates"

    def get_context_data(self, **kwargs):
        today = clock.today(self.now, settings.CASA_ZONE)
        context = super().get_context_data(today=today, section="organizations", **kwargs)
        mandates = list(context["mandates"])
        context["current"] = [m for m in mandates if m.ends_on is None or m.ends_on >= today]
        context["past"] = [m for m in mandates if m not in context["current"]]
        return context


class MandateList(Mandates):
    """Who speaks for an organisation, now and before."""

    permission_required = "organizations.view_mandates"
    template_name = "organizations/mandate_list.html"

    def load_object(self):
        self.organization = Organization.objects.filter(slug=self.kwargs["slug"]).first()
        if self.organization is None:
            raise Http404

    def get_permission_object(self):
        return self.organization

    def get_queryset(self):
        return Mandate.objects.filter(organization=self.organization).with_people()

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


class PortalRoles(Mandates):
    """Who is of the coordination team and who is administrator, now and before."""

    permission_required = "organizations.view_portal_roles"
    template_name = "organizations/portal_roles.html"

    def get_queryset(self):
        return Mandate.objects.for_portal().with_people()


class MandateName(ServiceFormMixin, FormView):
    """Name somebody to a role in an organisation."""

    permission_required = "organizations.name_mandate"
    form_class = MandateForm
    template_name = "organizations/mandate_form.html"
    done = _("The role has been recorded. If the person had no account, we have sent an invitation by e-mail.")

    load_object = MandateList.load_object
    get_permission_object = MandateList.get_permission_object

    def get_form_kwargs(self):
        roles = roles_given_by(standing_of(self.request.user), self.organization)
        return super().get_form_kwargs() | {"roles": roles}

    def get_initial(self):
        return {"starts_on": clock.today(self.now, settings.CASA_ZONE), "language": self.request.user.language}

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, section="organizations", **kwargs)

    def act(self, form):
        services.name_mandate(self.organization, form.appointment(), actor=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("organizations:mandate_list", args=[self.organization.slug])


class PortalRoleName(ServiceFormMixin, FormView):
    """Name somebody to the coordination team or as administrator."""

    permission_required = "organizations.name_portal_role"
    form_class = MandateForm
    template_name = "organizations/mandate_form.html"
    done = MandateName.done

    def get_form_kwargs(self):
        roles = roles_given_by(standing_of(self.request.user), None)
        return super().get_form_kwargs() | {"roles": roles}

    get_initial = MandateName.get_initial

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=None, section="organizations", **kwargs)

    def act(self, form):
        services.name_mandate(None, form.appointment(), actor=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("organizations:portal_roles")


class MandateEnd(ActView):
    """End a role today."""

    model = Mandate
    permission_required = "organizations.end_mandate"
    lookup = "pk"
    done = _(
        "The role ends today; it stays on record. You can hand over below what is still pending in this person's name."
    )

    def get_queryset(self):
        return Mandate.objects.select_related("organization", "person")

    def act(self):
        today = clock.today(self.now, settings.CASA_ZONE)
        services.end_mandate(self.object, last_day=today, actor=self.request.user, now=self.now)

    def get_success_url(self):
        if self.object.organization is None:
            return reverse("organizations:portal_roles")
        return reverse("organizations:mandate_list", args=[self.object.organization.slug])

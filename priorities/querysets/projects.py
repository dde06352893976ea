"""Reads of common projects and of who takes part in them."""

from django.db import models
from django.db.models import Prefetch, Q

from core.visibility import Visibility
from organizations.standing import standing_of
from priorities.states import ParticipantRole, ParticipantState, ProjectState


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """Everything to the member organisations; to all, what is meant for them once two organisations agreed."""
        if standing_of(user, now).is_community:
            return self
        return self.filter(visibility=Visibility.PUBLIC).exclude(agreed_on=None)

    def newest_first(self):
        return self.order_by("-year", "-code")

    def with_places(self, user, now):
        """Each project with `places`: those whose answer this reader may know. Two more queries."""
        places = self.model._meta.get_field("participants").related_model.objects.visible_to(user, now)
        return self.prefetch_related(Prefetch("participants", places.in_order(), to_attr="places"))

    def of(self, organizations):
        """Projects in which any of these organisations has confirmed."""
        through = self.model._meta.get_field("participants").related_model.objects
        return self.filter(pk__in=through.confirmed().filter(organization__in=organizations).values("project"))

    def waiting_for_others(self, organizations):
        """Projects of these organisations in which somebody else has not answered."""
        return self.of(organizations).filter(participants__state=ParticipantState.INVITED).distinct()


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """An organisation is named once it confirmed. That it was invited, or declined, is known to itself, to whoever
        proposed the project, and to the coordination team."""
        standing = standing_of(user, now)
        if standing.is_coordination:
            return self
        named = Q(state=ParticipantState.CONFIRMED)
        own = Q(organization__in=standing.organizations) | Q(project__proposed_by__in=standing.organizations)
        return self.filter(named | own)

    def confirmed(self):
        return self.filter(state=ParticipantState.CONFIRMED)

    def to_confirm(self, organizations):
        """Invitations that wait for the answer of any of these organisations."""
        waiting = self.filter(state=ParticipantState.INVITED, organization__in=organizations)
        return waiting.exclude(project__state__in=[ProjectState.COMPLETED, ProjectState.CANCELLED]).select_related(
            "project", "organization"
        )

    def in_order(self):
        """Lead, partners, observers; in order of joining the community."""
        order = models.Case(
            models.When(role=ParticipantRole.LEAD, then=0),
            models.When(role=ParticipantRole.PARTNER, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.select_related("organization").order_by(order, "organization__position")

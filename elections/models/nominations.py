"""Nominations, and what organisations say of candidates: supports and questions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from elections.models.elections import Election
from elections.querysets import NominationQuerySet
from elections.states import NominationState
from organizations.models import Organization, Person


class Nomination(models.Model):
    """Somebody is proposed, by an organisation or by themselves; a candidate once they accept."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations")
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, default="es")
    organization = models.ForeignKey(
        Organization, verbose_name=_("their organisation"), on_delete=models.PROTECT, related_name="candidates"
    )
    #: Empty: they proposed themselves, and the page says so.
    proposed_by = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations_made"
    )
    state = models.CharField(_("state"), max_length=10, choices=NominationState, default=NominationState.PROPOSED)
    statement = models.TextField(_("statement"), max_length=3000, blank=True)
    statement_language = models.CharField(
        _("language of the statement"), max_length=2, choices=LANGUAGE_CHOICES, default="es"
    )
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    #: On the ballot; given in alphabetical order when candidates are published.
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "address"], name="nomination_address_once"),
            models.UniqueConstraint(
                fields=["election", "person"], condition=Q(person__isnull=False), name="nomination_person_once"
            ),
            models.UniqueConstraint(
                fields=["election", "number"], condition=Q(number__isnull=False), name="nomination_number_once"
            ),
        ]

    def __str__(self):
        return self.name


class Support(models.Model):
    """A member organisation supports a candidate, and everybody reads it with the candidates."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="supports")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="supports")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "organization"], name="support_once")]

    def __str__(self):
        return f"{self.nomination_id} {self.organization_id}"


class Question(models.Model):
    """A member organisation asks a candidate, who answers; both are read with the candidates."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="questions")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.nomination_id} {self.pk}"

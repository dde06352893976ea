"""Organisations, people, mandates."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.countries import name as country_name
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from organizations.querysets import MandateQuerySet, OrganizationQuerySet
from organizations.states import PORTAL_ROLES, OrganizationKind, Role


class Organization(TranslatedModel, SourcedModel):
    """An organisation of the technical community, or one that works with it. It may be one unpaid volunteer."""

    slug = models.SlugField(max_length=40, unique=True)
    acronym = models.CharField(_("acronym"), max_length=20, unique=True)
    name = translated(models.CharField(_("name"), max_length=200))
    description = translated(models.TextField(_("description")))
    kind = models.CharField(_("kind"), max_length=10, choices=OrganizationKind, default=OrganizationKind.MEMBER)
    position = models.PositiveSmallIntegerField(_("order of joining"), default=99)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    site = models.URLField(_("site"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    member_from = models.DateField(_("member from"), null=True, blank=True)
    member_until = models.DateField(_("member until"), null=True, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member_until=None) | Q(member_from=None) | Q(member_until__gte=F("member_from")),
                name="organization_membership_in_order",
            )
        ]

    def __str__(self):
        return self.acronym

    def get_absolute_url(self):
        return reverse("organizations:organization_detail", args=[self.slug])

    def is_in_on(self, day):
        """Whether its membership runs on a day; unknown ends count as open."""
        return (self.member_from is None or self.member_from <= day) and (
            self.member_until is None or self.member_until >= day
        )

    @property
    def mark(self):
        """Number of its colour and pattern in the fixed accessible set, by order of joining."""
        return (self.position - 1) % 12 + 1

    @property
    def country_name(self):
        return country_name(self.country) if self.country else ""

    @property
    def place(self):
        return ", ".join(part for part in (self.city, self.country_name) if part)


class Person(models.Model):
    """A human being who acts for an organisation or holds a seat; public only as office-holder or by consent."""

    name = models.CharField(_("name"), max_length=120)
    user = models.OneToOneField(
        "accounts.User",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    is_public = models.BooleanField(_("named in public"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self):
        return self.name

    @property
    def may_sign_in(self):
        return self.user is not None and self.user.is_active


class Mandate(models.Model):
    """A role held by a person, in an organisation or across the portal, from a day to a day. Never overwritten."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mandates",
    )
    role = models.CharField(_("role"), max_length=14, choices=Role)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day of the role."))

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None, role__in=sorted(PORTAL_ROLES))
                | (Q(organization__isnull=False) & ~Q(role__in=sorted(PORTAL_ROLES))),
                name="mandate_of_portal_or_organization",
            ),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="mandate_in_order"),
            # Two constraints: SQLite cannot say "nulls not distinct".
            models.UniqueConstraint(
                fields=["person", "organization", "role"], condition=Q(ends_on=None), name="mandate_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ends_on=None, organization=None),
                name="mandate_of_portal_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"

    def runs_on(self, day):
        """Whether it is held on a day; `ends_on` is the last of them."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

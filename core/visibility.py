"""Who a record is meant for. The audience is computed in one `visible_to(user, now)` per model, never in a page."""

from typing import TYPE_CHECKING, Union

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

#: Whoever reads a page: somebody signed in, or a visitor.
Reader = Union["AbstractBaseUser", "AnonymousUser"]  # a union of names in quotes


class Visibility(models.TextChoices):
    PRIVATE = "private", _("Named people only")
    COMMUNITY = "community", _("Member organisations only")
    PUBLIC = "public", _("Public")


class VisibleModel(models.Model):
    """A record with the audience its owner chose; what is shown depends on state and date as well."""

    visibility = models.CharField(
        _("who sees this"), max_length=12, choices=Visibility, default=Visibility.COMMUNITY, db_index=True
    )

    class Meta:
        abstract = True

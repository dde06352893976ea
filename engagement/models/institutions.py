"""Public bodies: where policymakers are met."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.countries import name as country_name
from core.dates import Precision
from core.sources import SourcedModel
from core.text import TranslatedModel, translated
from engagement.states import InstitutionKind
from spaces.models import Space


class Institution(TranslatedModel, SourcedModel):
    """A public body: where policymakers are met."""

    slug = models.SlugField(max_length=60, unique=True)
    name = translated(models.CharField(_("name"), max_length=200))
    kind = models.CharField(_("kind"), max_length=18, choices=InstitutionKind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="institutions")

    def __str__(self):
        return self.name


class DatedModel(models.Model):
    """Dates as exact as the source gives them, and where."""

    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    date_note = translated(models.CharField(_("note on the date"), max_length=240))
    venue = translated(models.CharField(_("venue"), max_length=160))
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self):
        country = country_name(self.country) if self.country else ""
        return ", ".join(part for part in (self.city, country) if part)

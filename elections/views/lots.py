"""Lots: names from a hat, or a public value."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from elections.forms.lots import DrawForm, ValueForm
from elections.queries.results import numbers_to_draw
from elections.services.lots import Witnesses, record_draw, record_public_value
from elections.states import TieBreak
from elections.views.console import OfficerForm
from organizations.models import Mandate, Person
from organizations.states import PORTAL_ROLES


class ElectionDraw(OfficerForm):
    """Enter the order in which names came out of the hat, or the public value from which it follows."""

    done = gettext_lazy("The draw has been recorded and the result is known.")
    heading = gettext_lazy("Drawing of lots")

    @property
    def by_value(self):
        return self.object.tie_break == TieBreak.SEED

    @property
    def lede(self):
        if self.by_value:
            words = _(
                "The rules name the value: %(source)s. Together with the seal of the closing it gives a number "
                "that puts the candidates in order; anybody can calculate it again."
            )
            return words % {"source": self.object.lot_source}
        if not self.tied:
            return _("There is no tie to settle.")
        words = _(
            "Put these names in a hat: %(names)s. Enter the order in which they are drawn, the first being "
            "preferred, and who witnessed it."
        )
        return words % {"names": ", ".join(row.name for row in self.tied)}

    @cached_property
    def tied(self):
        """The candidates whose names go into the hat."""
        numbers = numbers_to_draw(self.object) if (self.object.result or {}).get("tied") else []
        return [row for row in self.object.nominations.candidates() if row.number in numbers]

    def get_form_class(self):
        return ValueForm if self.by_value else DrawForm

    def get_form_kwargs(self):
        if self.by_value:
            return super().get_form_kwargs()
        mandates = Mandate.objects.on(clock.today(self.now, settings.CASA_ZONE)).exclude(role__in=PORTAL_ROLES)
        people = Person.objects.filter(mandates__in=mandates).distinct().order_by("name")
        return super().get_form_kwargs() | {"tied": self.tied, "people": people}

    def act(self, form):
        data, by = form.cleaned_data, {"actor": self.request.user, "now": self.now}
        if self.by_value:
            record_public_value(self.object, value=data["value"], again=data["again"], **by)
        else:
            witnesses = Witnesses(data["first_witness"], data["second_witness"])
            record_draw(self.object, order=form.order, witnesses=witnesses, **by)

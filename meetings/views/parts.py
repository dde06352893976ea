"""One part of the minutes: writing it, its versions, who can read it."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import clock
from core.autosave import AutosaveMixin
from core.differences import compare
from core.generic import VisibleMixin
from meetings.forms.acts import RestoreForm
from meetings.forms.minutes import HandlingForm, MinutesPartForm
from meetings.models import Meeting, Minutes, MinutesPart
from meetings.queries.minutes import part_history, part_of_item
from meetings.queries.pages.minutes import PartWriting
from meetings.services.minutes import restore_part, set_handling, write_part
from meetings.views.meetings import MeetingAct
from meetings.views.minutes import MinutesForm
from organizations.models import Mandate, Person


class PartMixin:
    """About the part of the item in the address; of the meeting in general where there is none."""

    item = None

    def load_object(self):
        super().load_object()
        if "item" in self.kwargs:
            self.item = self.object.agenda.filter(pk=self.kwargs["item"]).first()
            if self.item is None:
                raise Http404
        self.part = part_of_item(self.object, self.item)

    @property
    def title(self):
        return self.item.title if self.item else gettext("General")

    def get_success_url(self):
        return f"{super().get_success_url()}#part-{self.item.pk if self.item else 'general'}"


class PartWrite(PartMixin, AutosaveMixin, MinutesForm):
    """Write the minutes of an item; where somebody else wrote meanwhile, both texts are shown."""

    form_class = MinutesPartForm
    template_name = "meetings/minutes_write.html"
    saved_message = _("Saved.")

    def get_initial(self):
        newest = self.part and self.part.revisions.order_by("-number").first()
        return {"body": newest.body, "version": newest.number} if newest else {"version": 0}

    def get_context_data(self, **kwargs):
        form = kwargs.get("form")
        current = getattr(form, "conflict", None)
        if hasattr(form, "conflict"):
            kwargs["pieces"] = compare(current.body if current else "", form.cleaned_data.get("body", ""))
        return super().get_context_data(
            meeting=self.object, writing=PartWriting(self.object, self.item, self.part), current=current, **kwargs
        )

    def act(self, form):
        data = form.cleaned_data
        self.saved = write_part(
            self.object,
            item=self.item,
            body=data["body"],
            base_number=data["version"],
            actor=self.request.user,
            now=self.now,
        )

    def saved_state(self):
        return {"version": self.saved.number, "address": self.request.path}

    def form_invalid(self, form):
        if not hasattr(form, "conflict"):
            return super().form_invalid(form)
        context = self.get_context_data(form=form)
        form.data = form.data.copy()
        form.data["version"] = form.conflict.number if form.conflict else 0
        return self.render_to_response(context, status=409)


class PartHandling(PartMixin, MinutesForm):
    """Who reads a part, and whether it names anybody."""

    form_class = HandlingForm
    heading, verb = _("Who can read this part"), _("Change who can read it")
    done = _("You changed who can read it.")

    def get_initial(self):
        if self.part is None:
            return {"handling": "open"}
        return {"handling": self.part.handling, "readers": [str(person.pk) for person in self.part.readers.all()]}

    def get_form_kwargs(self):
        day = clock.today(self.now, self.object.zone)
        people = Person.objects.filter(mandates__in=Mandate.objects.on(day)).distinct().order_by("name")
        return super().get_form_kwargs() | {"people": people}

    def get_context_data(self, **kwargs):
        self.lede = self.title
        return super().get_context_data(**kwargs)

    def act(self, form):
        set_handling(
            self.object,
            item=self.item,
            handling=form.cleaned_data["handling"],
            readers=form.named(),
            actor=self.request.user,
            now=self.now,
        )


def part_or_404(view):
    """The part in the address, of this meeting's minutes and among those this reader can see."""
    seen = MinutesPart.objects.visible_to(view.request.user, view.now).filter(minutes__meeting=view.object)
    part = seen.filter(pk=view.kwargs["part"]).select_related("minutes__meeting", "item").first()
    if part is None and view.request.user.is_authenticated:
        raise Http404
    return part


class PartVersions(VisibleMixin, TemplateView):
    """Every version of a part with what it changed, newest first."""

    model = Meeting
    permission_required = "meetings.write_minutes"
    template_name = "meetings/minutes_versions.html"
    extra_context = {"section": "meetings"}

    def get_context_data(self, **kwargs):
        part = part_or_404(self)
        title = part.item.title if part.item else gettext("General")
        context = {"part": part, "title": title, "versions": part_history(part)}
        newest = part.revisions.order_by("-number").first()
        return super().get_context_data(**kwargs | context, meeting=self.object, newest=newest)


class PartRestore(MeetingAct):
    """Restore a version, unless somebody wrote since the page was opened."""

    permission_required = "meetings.write_minutes"
    done = _("The earlier version is the current one again.")

    def get_success_url(self):
        return Minutes(meeting=self.object).get_absolute_url()

    def act(self):
        part = part_or_404(self)
        data = RestoreForm(self.request.POST).checked()
        restore_part(part, number=data["number"], base_number=data["version"], actor=self.request.user, now=self.now)
        return reverse("meetings:minutes_versions", args=[self.object.code, part.pk])

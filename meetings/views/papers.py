"""Papers of the agenda: added, read, removed."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from core import files
from core.generic import AboutForm, PermissionRequiredMixin
from core.visibility import Visibility
from meetings.forms.papers import PaperForm
from meetings.models import AgendaItem, Meeting, Paper
from meetings.services.papers import add_paper, remove_paper
from meetings.views.meetings import MeetingAct
from organizations.models import Organization
from organizations.standing import standing_of


class PaperAdd(AboutForm):
    """Add a paper for the organisation that presents the item, or for the coordination team."""

    model = Meeting
    permission_required = "meetings.add_paper"
    form_class = PaperForm
    template_name = "meetings/paper_add.html"
    heading, verb = _("Add a paper"), _("Add to the item")
    done = _("The paper has been added to its item.")

    def load_object(self):
        super().load_object()
        seen = AgendaItem.objects.visible_to(self.request.user, self.now).filter(meeting=self.object)
        self.item = seen.filter(pk=self.kwargs["item"]).first()
        if self.item is None:
            raise Http404

    def get_permission_object(self):
        return self.item

    def get_initial(self):
        return {"visibility": "community"}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()  # reads what was sent, and with it whether it was too large
        return kwargs | {"zone": self.object.zone, "too_large": self.request.META.get(files.TOO_LARGE, False)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(lede=self.item.title, **kwargs)

    def act(self, form):
        is_own = self.item.presenter_id in standing_of(self.request.user, self.now).writes_for
        presenter = Organization.objects.get(pk=self.item.presenter_id) if is_own else None
        add_paper(self.item, paper=form.paper(), organization=presenter, actor=self.request.user, now=self.now)


class PaperRead(PermissionRequiredMixin, View):
    """The file as a download; what one cannot see is a 404."""

    http_method_names = ["get", "head"]

    def get(self, request, code, paper):
        seen = Paper.objects.visible_to(request.user, self.now).select_related("item__meeting")
        found = seen.filter(pk=paper, item__meeting__code=code).first()
        if found is None:
            raise Http404
        file = found.file
        public = file.visibility == Visibility.PUBLIC and not request.user.is_authenticated
        try:
            return files.serve(file.stored, file.media, file.name, public)
        except FileNotFoundError as error:
            raise Http404 from error


class PaperRemove(MeetingAct):
    """Remove a paper: the organisation that gave it, and the coordination team."""

    permission_required = "meetings.remove_paper"
    done = _("The paper has been removed.")

    def load_object(self):
        super().load_object()
        seen = Paper.objects.visible_to(self.request.user, self.now).filter(item__meeting=self.object)
        self.paper = seen.select_related("item__meeting").filter(pk=self.kwargs["paper"]).first()
        if self.paper is None:
            raise Http404

    def get_permission_object(self):
        return self.paper.file

    def act(self):
        remove_paper(self.paper, actor=self.request.user, now=self.now)

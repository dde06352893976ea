"""The photograph of a communiqué: added, shown, removed."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from core import files
from core.generic import AboutForm, ClockMixin
from core.visibility import Visibility
from meetings.forms.photograph import PhotographForm
from meetings.models import Communique, Photograph
from meetings.queries.press import reader_by_link
from meetings.services.photograph import remove_photograph, set_photograph
from meetings.views.communique import CommuniqueAct, CommuniqueMixin


def photograph_of(communique):
    """Its Photograph, or None. One query."""
    return Photograph.objects.filter(communique=communique).first()


class PhotographEdit(CommuniqueMixin, AboutForm):
    """Add or replace the photograph, or change its description."""

    permission_required = "meetings.lead_communique"
    form_class = PhotographForm
    template_name = "meetings/photograph.html"
    heading = _("Photograph of the communiqué")
    lede = _(
        "Everybody who can see the communiqué sees it. It is shown with its credit, and described for "
        "people who cannot see it."
    )
    done = _("The photograph has been added to the communiqué.")

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()  # reads what was sent, and with it whether it was too large
        row = getattr(self.object, "photograph", None)
        return kwargs | {"row": row, "too_large": self.request.META.get(files.TOO_LARGE, False)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(photograph=getattr(self.object, "photograph", None), **kwargs)

    def act(self, form):
        set_photograph(self.object, picture=form.picture, details=form.details(), actor=self.request.user, now=self.now)


class PhotographRemove(CommuniqueAct):
    """Remove the photograph."""

    permission_required = "meetings.lead_communique"
    done = _("The photograph has been removed.")

    def act(self):
        remove_photograph(self.object, actor=self.request.user, now=self.now)


class PhotographShow(CommuniqueMixin, View):
    """The picture, for those who can see the communiqué; 404 once it is replaced by another."""

    http_method_names = ["get", "head"]

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user, self.now).select_related("meeting")

    def get(self, request, code, seal):
        public = self.object.meeting.visibility == Visibility.PUBLIC and self.object.is_published_at(self.now)
        return show(photograph_of(self.object), seal, public)


class PhotographByLink(ClockMixin, View):
    """The same before publication, for those who have early access."""

    http_method_names = ["get", "head"]

    def get(self, request, code, token, seal):
        found = Communique.objects.exclude(meeting__visibility=Visibility.PRIVATE).select_related("meeting")
        communique = found.filter(meeting__code=code).first()
        if communique is None or reader_by_link(communique, token, self.now) is None:
            raise Http404
        return show(photograph_of(communique), seal, public=False)


def show(row, seal, public):
    """The file as an image that a page can show and nothing can run."""
    if row is None or row.seal != seal:
        raise Http404
    try:
        stored = row.stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{row.communique.meeting.code.lower()}.{row.ending}"
    response = FileResponse(stored, content_type=row.media, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=86400" if public else "private, no-store"
    return response

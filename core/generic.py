"""Views that every app uses: boring on purpose. A GET never changes anything; a move is a POST, then a redirect."""

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.views.generic import DetailView, FormView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from core import clock, permissions
from core.errors import CasaError, Conflict, Incomplete, PermissionDenied
from core.text import content_language

if TYPE_CHECKING:  # what the mixins are mixed into
    ViewBase = View
    FormViewBase = FormView
else:
    ViewBase = FormViewBase = object


class ClockMixin(ViewBase):
    """Reads the clock once a request."""

    @cached_property
    def now(self) -> datetime.datetime:
        return clock.now()


class PermissionRequiredMixin(ClockMixin):
    """Requires `permission_required` on `get_permission_object()`; visitors are sent to sign in, others read who may."""

    permission_required = ""

    def get_permission_object(self) -> Any:
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.load_object()
        if self.permission_required and not permissions.has_perm(
            request.user, self.permission_required, self.get_permission_object()
        ):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(who_may=permissions.who_may(self.permission_required))
        return super().dispatch(request, *args, **kwargs)

    def load_object(self) -> None:
        """Load what the permission is about; the place to raise Http404 before a visitor is sent to sign in."""


class VisibleMixin(PermissionRequiredMixin):
    """One record by `code` (or `slug`), looked up only among what this reader may see; otherwise 404.

    What one may not see does not exist: a refusal would tell that it does.
    """

    model: Any = None
    lookup = "code"
    context_object_name: Any = "record"

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.visible_to(self.request.user, self.now)

    def load_object(self) -> None:
        self.object = self.get_object()

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        if not hasattr(self, "_object"):
            self._object = self.get_queryset().filter(**{self.lookup: self.kwargs[self.lookup]}).first()
            if self._object is None:
                raise Http404
        return self._object

    def get_permission_object(self) -> Any:
        return self.get_object()


class RecordView(VisibleMixin, DetailView):
    """A record's page."""


class RowsView(PermissionRequiredMixin, ListView):
    """A list whose filters live in the address; what the reader may not see is not in it."""

    model: Any = None
    paginate_by = 50
    context_object_name = "rows"

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.visible_to(self.request.user, self.now)


class ActView(VisibleMixin, SingleObjectMixin, View):
    """A POST that calls one service and goes back; a refusal becomes a sentence on the page it came from.

    Give `permission_required`, `done` (the sentence on success) and `act(self)`; `act` may return an address to go to.
    """

    http_method_names = ["post"]
    done: str | Promise = ""

    def act(self) -> str | None:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Forms refuse a null byte by themselves; here nothing checks before the database, and PostgreSQL fails on it.
        posted = request.POST.copy()
        for name, values in request.POST.lists():
            posted.setlist(name, [value.replace("\x00", "") for value in values])
        request.POST = posted  # type: ignore[assignment]  # a mutable copy, which Django itself puts there too
        try:
            target = self.act()
        except PermissionDenied:
            raise
        except Incomplete as error:
            messages.error(request, str(error.message))
            for sentences in error.missing.values():
                for sentence in [sentences] if isinstance(sentences, str | Promise) else sentences:
                    messages.error(request, str(sentence))
            return redirect(self.get_success_url())
        except CasaError as error:
            messages.error(request, str(error.message))
            return redirect(self.get_success_url())
        if self.done:
            messages.success(request, str(self.done))
        return redirect(target or self.get_success_url())


class ServiceFormMixin(PermissionRequiredMixin, FormViewBase):
    """A form page whose valid data goes to one service (`act(form)`); refusals stand beside the fields."""

    done: str | Promise = ""

    def act(self, form: Any) -> str | None:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            target = self.act(form)
        except PermissionDenied:
            raise
        except Incomplete as error:
            for name, sentences in error.missing.items():
                form.add_error(name if name in form.fields else None, sentences)
            return self.form_invalid(form)
        except Conflict as error:
            form.conflict = error.current
            form.add_error(None, error.message)
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except CasaError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, str(self.done))
        return redirect(target or self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page with what was written, so that nothing is lost; status 422, so that nothing caches it."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class StaffForm(ServiceFormMixin, FormView):
    """A form of one screen, on a plain page of its own.

    `about` is the record to which the page belongs, if there is one; `back` is the address to which one returns
    without it. What is new begins in the reader's language, and comes from the code in `?from=`.
    """

    template_name = "staff_form.html"
    heading: str | Promise = ""
    verb: str | Promise = ""
    lede: str | Promise = ""
    back: str | Promise = ""
    about: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {name: getattr(self, name) for name in ("heading", "verb", "lede", "about", "back")}
        match = self.request.resolver_match
        section = match.app_name if match else ""
        return super().get_context_data(**{"section": section} | texts | kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"language": content_language(), "came_from": self.request.GET.get("from", "")[:24]}


class AboutForm(VisibleMixin, StaffForm):
    """A form about a record, to which it returns.

    Where somebody else wrote meanwhile (the form has a `version`), the record as it is now is shown beside what was
    written, and sending again answers that.
    """

    @property
    def about(self) -> Any:
        return self.object

    def get_success_url(self) -> str:
        return self.about.get_absolute_url()

    def form_invalid(self, form: Any) -> HttpResponse:
        current_row = getattr(form, "conflict", None)
        if "version" not in form.fields or not isinstance(current_row, self.model):
            return super().form_invalid(form)
        self.object = current_row
        unsent = {name: value for name, value in self.get_form_kwargs().items() if name not in ("data", "files")}
        current = self.get_form_class()(**unsent)
        form.data = form.data.copy()
        form.data["version"] = current["version"].value()
        context = self.get_context_data(form=form, differences=differences(form, current))
        return self.render_to_response(context, status=422)


class Difference(NamedTuple):
    """A field that somebody else changed: its label, and its value as it is now."""

    label: str
    value: str


def differences(written: forms.BaseForm, current: forms.BaseForm) -> list[Difference]:
    """The fields in which a record as it is now, in another form of the same kind, differs from what was written."""
    return [
        Difference(str(field.label), _display_value(current[field.name]))
        for field in written
        if not field.is_hidden
        and field.name in current.fields
        and _display_value(field) != _display_value(current[field.name])
    ]


def _display_value(field: forms.BoundField) -> str:
    """The value of a field, in the words of its choices where it has some."""
    value = field.value()
    values = value if isinstance(value, list | tuple) else [value]
    names = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    return ", ".join(sorted(names.get(str(item), str(item)) for item in values if item not in (None, "")))

"""Views that every app uses: boring on purpose. A GET never changes anything; a move is a POST, then a redirect."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.generic import DetailView, FormView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from core import clock, permissions
from core.errors import CasaError, Conflict, Incomplete, PermissionDenied
from core.text import content_language


class ClockMixin:
    """Asks the clock once per request."""

    @property
    def now(self):
        if not hasattr(self, "_now"):
            self._now = clock.now()
        return self._now


class PermissionRequiredMixin(ClockMixin):
    """Requires `permission_required` on `get_permission_object()`; visitors are sent to sign in, others read who may."""

    permission_required = ""

    def get_permission_object(self):
        return None

    def dispatch(self, request, *args, **kwargs):
        self.load_object()
        if self.permission_required and not permissions.has_perm(
            request.user, self.permission_required, self.get_permission_object()
        ):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(who_may=permissions.who_may(self.permission_required))
        return super().dispatch(request, *args, **kwargs)

    def load_object(self):
        """Load what the permission is about; a place to raise Http404 before anybody is asked to sign in."""


class VisibleMixin(PermissionRequiredMixin):
    """One record by `code` (or `slug`), looked up only among what this reader may see; otherwise 404.

    What one may not see does not exist: a refusal would tell that it does.
    """

    model = None
    lookup = "code"
    context_object_name = "record"

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user, self.now)

    def load_object(self):
        self.object = self.get_object()

    def get_object(self, queryset=None):
        if not hasattr(self, "_object"):
            self._object = self.get_queryset().filter(**{self.lookup: self.kwargs[self.lookup]}).first()
            if self._object is None:
                raise Http404
        return self._object

    def get_permission_object(self):
        return self.get_object()


class RecordView(VisibleMixin, DetailView):
    """A record's page."""


class RowsView(PermissionRequiredMixin, ListView):
    """A list whose filters live in the address; what the reader may not see is not in it."""

    paginate_by = 50
    context_object_name = "rows"

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user, self.now)


class ActView(VisibleMixin, SingleObjectMixin, View):
    """A POST that calls one service and goes back; a refusal becomes a sentence on the page it came from.

    Give `permission_required`, `done` (the sentence on success) and `act(self)`; `act` may return an address to go to.
    """

    http_method_names = ["post"]
    done = ""

    def act(self):
        raise NotImplementedError

    def get_success_url(self):
        return self.object.get_absolute_url()

    def post(self, request, *args, **kwargs):
        # Forms refuse a null byte by themselves; here nothing stands before the database, and PostgreSQL fails on it.
        sent = request.POST.copy()
        for name, values in request.POST.lists():
            sent.setlist(name, [value.replace("\x00", "") for value in values])
        request.POST = sent
        try:
            target = self.act()
        except PermissionDenied:
            raise
        except Incomplete as error:
            messages.error(request, error.message)
            for words in error.missing.values():
                for sentence in [words] if isinstance(words, str) else words:
                    messages.error(request, sentence)
            return redirect(self.get_success_url())
        except CasaError as error:
            messages.error(request, error.message)
            return redirect(self.get_success_url())
        if self.done:
            messages.success(request, self.done)
        return redirect(target or self.get_success_url())


class ServiceFormMixin(PermissionRequiredMixin):
    """A form page whose valid data goes to one service (`act(form)`); refusals stand beside the fields."""

    done = ""

    def act(self, form):
        raise NotImplementedError

    def form_valid(self, form):
        try:
            target = self.act(form)
        except PermissionDenied:
            raise
        except Incomplete as error:
            for name, words in error.missing.items():
                form.add_error(name if name in form.fields else None, words)
            return self.form_invalid(form)
        except Conflict as error:
            form.conflict = error.theirs
            form.add_error(None, error.message)
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except CasaError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return redirect(target or self.get_success_url())

    def form_invalid(self, form):
        """Nothing lost: the page comes back with what was written, status 422 so that nothing caches it."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class StaffForm(ServiceFormMixin, FormView):
    """A form of one screen, on a plain page of its own.

    `about` is the record to which the page belongs, if there is one; `back` is the address to which one returns
    without it. What is new begins in the reader's language, and comes from the code in `?from=`.
    """

    template_name = "staff_form.html"
    heading = verb = lede = back = ""
    about = None

    def get_context_data(self, **kwargs):
        words = {name: getattr(self, name) for name in ("heading", "verb", "lede", "about", "back")}
        return super().get_context_data(**{"section": self.request.resolver_match.app_name} | words | kwargs)

    def get_initial(self):
        return {"language": content_language(), "came_from": self.request.GET.get("from", "")[:24]}


class AboutForm(VisibleMixin, StaffForm):
    """A form about a record, to which it returns. Where somebody else wrote meanwhile (the form has a `version`), what
    stands now is shown beside what was written, and sending again is an answer to that."""

    @property
    def about(self):
        return self.object

    def get_success_url(self):
        return self.about.get_absolute_url()

    def form_invalid(self, form):
        theirs = getattr(form, "conflict", None)
        if "version" not in form.fields or not isinstance(theirs, self.model):
            return super().form_invalid(form)
        self.object = theirs
        unsent = {name: value for name, value in self.get_form_kwargs().items() if name not in ("data", "files")}
        stands = self.get_form_class()(**unsent)
        form.data = form.data.copy()
        form.data["version"] = stands["version"].value()
        told = differences(form, stands)
        return self.render_to_response(self.get_context_data(form=form, differences=told), status=422)


def differences(form, stands):
    """[(label, words)] of the fields in which what stands, as another form of the same kind, is not what was written."""
    return [
        (field.label, _said(stands[field.name]))
        for field in form
        if not field.is_hidden and field.name in stands.fields and _said(field) != _said(stands[field.name])
    ]


def _said(field):
    """What a field holds, in the words of its choices where it has some."""
    value = field.value()
    values = value if isinstance(value, list | tuple) else [value]
    names = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    return ", ".join(sorted(names.get(str(one), str(one)) for one in values if one not in (None, "")))

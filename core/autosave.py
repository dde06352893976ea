"""A form that its page saves by itself while it is being written (static/js/autosave.js)."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext

from core import clock

if TYPE_CHECKING:  # what the mixin is mixed into
    from core.generic import StaffForm as FormPage
else:
    FormPage = object


class AutosaveMixin(FormPage):
    """Answers the page's own script with a sentence instead of a page.

    The sentence goes beside the form; what was refused stays in its fields, and saving by the button shows it all.
    Give `saved_message` (shown where a person pressed the button) and `saved_state()`: the new version, and the
    address from which to go on.
    """

    saved_message: str | Promise = ""

    def saved_state(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def by_itself(self) -> bool:
        """Whether the page saves, and not a person."""
        return self.request.headers.get("Accept") == "application/json"

    @property
    def done(self) -> str | Promise:  # type: ignore[override]  # a property where others have an attribute
        return "" if self.by_itself else self.saved_message

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if not self.by_itself or response.status_code != 302:
            return response
        at = self.now.astimezone(clock.zone(getattr(self.request.user, "zone", "")))
        return JsonResponse({"says": gettext("Saved %(time)s") % {"time": f"{at:%H:%M}"}} | self.saved_state())

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.request.method == "POST" and self.by_itself:
            form = context["form"]
            first = next((sentence for errors in form.errors.values() for sentence in errors), "")
            says = gettext("Not saved: %(why)s Press the button to see the details.") % {"why": first}
            return JsonResponse({"says": says}, status=kwargs.get("status", 422))
        return super().render_to_response(context, **kwargs)

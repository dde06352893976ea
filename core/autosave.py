"""A form that its page saves by itself while it is being written (static/js/autosave.js)."""

from django.http import JsonResponse
from django.utils.translation import gettext

from core import clock


class AutosaveMixin:
    """Answers the page's own module with a few words instead of a page.

    The sentence goes beside the form; what was refused stays in its fields, and saving by the button shows it all.
    Give `saved_words` (said where a person pressed the button) and `told()`: the new version, and the address from
    which to go on.
    """

    saved_message = ""

    def told(self):
        raise NotImplementedError

    @property
    def by_itself(self):
        return self.request.headers.get("Accept") == "application/json"

    @property
    def done(self):
        return "" if self.by_itself else self.saved_message

    def form_valid(self, form):
        answer = super().form_valid(form)
        if not self.by_itself or answer.status_code != 302:
            return answer
        at = self.now.astimezone(clock.zone(self.request.user.zone))
        return JsonResponse({"says": gettext("Saved %(time)s") % {"time": f"{at:%H:%M}"}} | self.told())

    def render_to_response(self, context, **kwargs):
        if self.request.method == "POST" and self.by_itself:
            form = context["form"]
            first = next((words for errors in form.errors.values() for words in errors), "")
            says = gettext("Not saved: %(why)s Press the button to see the details.") % {"why": first}
            return JsonResponse({"says": says}, status=kwargs.get("status", 422))
        return super().render_to_response(context, **kwargs)

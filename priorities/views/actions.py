"""What an organisation undertakes inside a common project."""

from django.utils.translation import gettext_lazy as _

from core.generic import AboutForm
from core.text import content_language
from core.visibility import Visibility
from priorities.forms.actions import UndertakeForm
from priorities.models import CommonProject
from priorities.queries.projects import own_participants
from priorities.services.actions import undertake_action


class ActionUndertake(AboutForm):
    """Note what the writer's organisation will do in the project."""

    model = CommonProject
    permission_required = "priorities.work_in_project"
    form_class = UndertakeForm
    heading, verb = _("What we will do in it"), _("Record the action")
    lede = _(
        "Your organisation will be reminded of it and can report on it with one click. It appears in what "
        "came of the project."
    )
    done = _("The action has been recorded.")

    def get_initial(self):
        return {"language": content_language(), "visibility": self.object.visibility}

    def get_form_kwargs(self):
        organizations = own_participants(self.object, self.request.user, self.now)
        may_be_public = self.object.visibility == Visibility.PUBLIC
        return super().get_form_kwargs() | {"organizations": organizations, "may_be_public": may_be_public}

    def act(self, form):
        undertake_action(self.object, actor=self.request.user, now=self.now, **form.values())

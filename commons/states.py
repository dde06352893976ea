"""States of what several apps share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import register_looks


class ActionState(models.TextChoices):
    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not continued")


class SignOffAnswer(models.TextChoices):
    """Whether an organisation signs a text that is to be published in its name."""

    AGREED = "agreed", pgettext_lazy("sign-off", "signs")
    RESERVE = "reserve", pgettext_lazy("sign-off", "signs with a reservation")
    NOT_JOINING = "not_joining", pgettext_lazy("sign-off", "does not sign")


#: Answers of those in whose name the text is published.
SIGNED = (SignOffAnswer.AGREED, SignOffAnswer.RESERVE)

#: Purpose of the personal link with which one reports on an action without signing in.
ACTION_LINK = "action"

#: An update may say any of these; done and dropped may be taken up again, with words.
ACTION_MOVES = {
    ActionState.OPEN: {ActionState.OPEN, ActionState.IN_PROGRESS, ActionState.DONE, ActionState.DROPPED},
    ActionState.IN_PROGRESS: {ActionState.IN_PROGRESS, ActionState.DONE, ActionState.DROPPED},
    ActionState.DONE: {ActionState.IN_PROGRESS},
    ActionState.DROPPED: {ActionState.IN_PROGRESS},
}
ACTION_STATUS = {
    ActionState.OPEN: "underway",
    ActionState.IN_PROGRESS: "underway",
    ActionState.DONE: "fulfilled",
    ActionState.DROPPED: "dropped",
}

register_looks(
    done=[ActionState.DONE],
    underway=[ActionState.OPEN, ActionState.IN_PROGRESS],
    dropped=[ActionState.DROPPED],
)

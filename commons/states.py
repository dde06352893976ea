"""States of what several floors share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionState(models.TextChoices):
    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not continued")


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

"""What the buttons and hidden fields of a page send: each act has a small form that checks it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commons.states import SignOffAnswer
from core.errors import Incomplete
from core.text import LANGUAGE_NAMES
from meetings.models import AgendaItem, DatePoll, Meeting, PollOption, Question
from meetings.queries.invitations import ANSWERS as INVITATION_ANSWERS
from meetings.states import Answer, Presence, ProposalState
from organizations.models import Organization

BIGGEST = 2**31 - 1
CHOOSE = _("Choose an answer.")


def _choice(choices: Any, message: Any = CHOOSE) -> forms.ChoiceField:
    """A field for one of these values, with one message for anything else."""
    values = [(value, value) for value in choices]
    return forms.ChoiceField(choices=values, error_messages={"required": message, "invalid_choice": message})


class ActForm(forms.Form):
    """A form that no page draws: its fields are buttons and hidden inputs."""

    def checked(self) -> dict[str, Any]:
        """The clean data. Raises Incomplete with what is wrong."""
        if not self.is_valid():
            raise Incomplete(dict(self.errors))
        return self.cleaned_data


class PlaceForm(ActForm):
    """Where an agenda item goes on its day; `seen` is the mark of the order before."""

    place = forms.IntegerField(min_value=-BIGGEST, max_value=BIGGEST)
    seen = forms.CharField(required=False, empty_value=None)


class ProposalAnswerForm(ActForm):
    state = _choice((ProposalState.TAKEN, ProposalState.DECLINED))
    answer = forms.CharField(max_length=400, required=False)


class InvitationAnswerForm(ActForm):
    answer = _choice(INVITATION_ANSWERS, _("Say whether you will attend."))


class CommentAnswerForm(ActForm):
    """Whether a comment on the minutes is taken up."""

    taken_up = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1", required=False, empty_value=False
    )
    answer = forms.CharField(max_length=400, required=False)


class RestoreForm(ActForm):
    """Which version of a part comes back, and which was the newest when the page was opened."""

    number = forms.IntegerField(min_value=0, max_value=BIGGEST)
    version = forms.IntegerField(min_value=0, max_value=BIGGEST)


class PollDecisionForm(ActForm):
    """Which date of a poll is chosen."""

    option = forms.ModelChoiceField(queryset=PollOption.objects.none())

    def __init__(self, *args: Any, poll: DatePoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["option"]
        field.queryset = poll.options.all()
        field.error_messages |= dict.fromkeys(("required", "invalid_choice"), _("Choose one of the dates."))


class OrganizationForm(ActForm):
    """About one of these organisations, named by its slug."""

    organization = forms.ModelChoiceField(queryset=Organization.objects.none(), to_field_name="slug")

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


def _number(message: Any) -> forms.IntegerField:
    """A field for the number of a version, with one message for anything else."""
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
    return forms.IntegerField(min_value=1, max_value=BIGGEST, error_messages=messages)


class SignForm(OrganizationForm):
    """How an organisation answers about version `number` of a communiqué; `words` are its reservation."""

    stand = _choice(SignOffAnswer.values)
    words = forms.CharField(max_length=1000, required=False)
    number = _number(_("The text has changed in the meantime. Read it as it is now, then answer."))


class ReviewForm(ActForm):
    """Which version of a translation somebody compared with the official text."""

    language = _choice(LANGUAGE_NAMES, _("There is no translation to review in this language."))
    number = _number(_("Somebody else changed this while you were writing."))


class CurrentItemForm(ActForm):
    """Which agenda item is taken up; empty: none."""

    item = forms.ModelChoiceField(queryset=AgendaItem.objects.none(), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.all()


class QuestionForm(ActForm):
    """Which of these questions an address is about; empty: none."""

    question = forms.ModelChoiceField(queryset=Question.objects.none(), required=False)

    def __init__(self, *args: Any, questions: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = questions


class QuorumForm(ActForm):
    quorum = forms.IntegerField(
        min_value=1,
        max_value=200,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("At least one organisation.")
        ),
    )


class PresenceForm(OrganizationForm):
    """How an organisation arrives, or that it leaves."""

    LEFT = "left"
    presence = _choice((Presence.IN_PERSON, Presence.REMOTE, LEFT), _("Say how it is taking part."))


class RoomAnswerForm(OrganizationForm):
    """How an organisation answers a question in the room."""

    answer = _choice(Answer.values)
    reason = forms.CharField(max_length=400, required=False)

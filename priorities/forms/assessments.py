"""A review: in whose name, its text, what became of what it would improve."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commons.models import LANGUAGE_CHOICES
from core.visibility import Visibility
from priorities.forms.acts import ActForm
from priorities.services.assessments import AssessmentText, ImprovementAnswer
from priorities.states import TakenUp


def _text_field(label, help_text):
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=3000, required=False, widget=area, help_text=help_text)


class AssessmentForm(forms.Form):
    """Three questions; all may wait until it is published."""

    worked = _text_field(_("What worked"), _("What we would do again."))
    improve = _text_field(
        _("What to improve"),
        _("One per line. A year later each one is answered: whether it was taken up, and why or why not."),
    )
    next = _text_field(_("What comes next"), _("What follows from it."))
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=[(audience.value, audience.label) for audience in (Visibility.COMMUNITY, Visibility.PUBLIC)],
        help_text=_("Everybody, once it is published. Until then, only the people writing it."),
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=LANGUAGE_CHOICES)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("worked", "improve", "next"):
            self.fields[name].needed = True

    def text(self) -> AssessmentText:
        """What the service takes."""
        return AssessmentText(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class BeginForm(forms.Form):
    """In whose name the review is written."""

    who = forms.ChoiceField(label=_("On behalf of"), widget=forms.RadioSelect)

    def __init__(self, *args, own_organizations, together, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_slug = {organization.slug: organization for organization in own_organizations}
        choices = [(slug, organization.acronym) for slug, organization in self.by_slug.items()]
        self.fields["who"].choices = [*choices, *([("-", _("all together"))] if together else [])]
        self.initial.setdefault("who", self.fields["who"].choices[0][0])

    @property
    def organization(self):
        return self.by_slug.get(self.cleaned_data["who"])


class ImprovementsForm(forms.Form):
    """For each thing that was to be improved, whether it was taken up; what is left open is not answered."""

    hide_optional = True

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"taken_up_{row.number}"] = forms.ChoiceField(
                label=row.text,
                choices=[("", _("not answered yet")), *TakenUp.choices],
                required=False,
                initial=row.taken_up,
            )
            self.fields[f"words_{row.number}"] = forms.CharField(
                label=_("How, or why not"), max_length=400, required=False, initial=row.words
            )

    def answers(self) -> dict[int, ImprovementAnswer]:
        """What the service takes, by the number of the improvement."""
        data = self.cleaned_data
        return {
            row.number: ImprovementAnswer(data[f"taken_up_{row.number}"], data[f"words_{row.number}"])
            for row in self.rows
        }


class PublicationForm(ActForm):
    """Whether a review is published, or reopened to be corrected."""

    verb = forms.ChoiceField(choices=[("publish", "publish"), ("reopen", "reopen")], required=False)

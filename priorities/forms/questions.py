"""A year's further questions, and their answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGE_NAMES
from priorities.services.questions import MOST_QUESTIONS, Question

OFFERED = ("es", "pt", "en")
MOST_LETTERS = 300


class QuestionsForm(forms.Form):
    """One question a line, in the official language and, line by line, in the others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in OFFERED:
            self.fields[language] = forms.CharField(
                label=LANGUAGE_NAMES[language],
                max_length=(MOST_LETTERS + 2) * MOST_QUESTIONS,
                required=False,
                widget=forms.Textarea(attrs={"rows": MOST_QUESTIONS}),
            )
        self.fields["es"].help_text = _(
            "One question per line, five at most. Put * before a question that must be answered. If there are "
            "none, leave the field empty."
        )
        self.fields["pt"].help_text = self.fields["en"].help_text = _(
            "The same questions, line by line. If you leave it empty, they are shown in Spanish."
        )

    def clean(self):
        data = super().clean()
        lines = {name: [line.strip() for line in data.get(name, "").splitlines() if line.strip()] for name in OFFERED}
        for name, texts in lines.items():
            if any(len(text.lstrip("* ")) > MOST_LETTERS for text in texts):
                self.add_error(name, _("A question can have at most %(n)s characters.") % {"n": MOST_LETTERS})
            if name == "es" and len(texts) > MOST_QUESTIONS:
                self.add_error(name, _("There can be at most %(n)s questions.") % {"n": MOST_QUESTIONS})
            if name != "es" and texts and len(texts) != len(lines["es"]):
                self.add_error(name, _("It must have as many lines as the Spanish version."))
        data["questions"] = [
            Question(
                {name: texts[place].lstrip("* ") for name, texts in lines.items() if place < len(texts)},
                is_needed=text.startswith("*"),
            )
            for place, text in enumerate(lines["es"])
        ]
        if any(not question.texts["es"] for question in data["questions"]):
            self.add_error("es", _("One line has no question."))
        return data


def initial_of_questions(cycle):
    """What the form begins with."""
    lines = {name: [] for name in OFFERED}
    for row in cycle.questions.all():
        for name in OFFERED:
            lines[name].append(("* " if row.is_needed else "") + getattr(row, f"text_{name}"))
    has_text = {name: any(text.strip("* ") for text in texts) for name, texts in lines.items()}
    return {name: "\n".join(texts) if has_text[name] else "" for name, texts in lines.items()}


class AnswersForm(forms.Form):
    """An answer to each of `questions`; all may wait until the plan is submitted."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = [row.number for row in questions]
        for row in questions:
            name = f"answer_{row.number}"
            self.fields[name] = forms.CharField(
                label=row.text, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
            self.fields[name].needed = row.is_needed
            self.fields[name].who_sees = _("the member organisations, once it is submitted")

    def answers(self) -> dict[int, str]:
        """What the service takes, by the number of the question."""
        return {number: self.cleaned_data[f"answer_{number}"] for number in self.numbers}

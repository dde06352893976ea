"""What a voter sends from the booth: the step, and the vote as marked or sealed."""

import base64
import enum
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.errors import Incomplete
from elections.models import Election
from elections.queries.candidates import Choices, ballot_number, candidates_to_choose


class Step(enum.StrEnum):
    """The button that was pressed."""

    REVIEW = "review"
    CAST = "cast"
    CHANGE = "change"


class SealedField(forms.CharField):
    """A sealed ballot in base64, as bytes; empty where it is none, which is then refused as any other."""

    def clean(self, value: Any) -> bytes:
        try:
            return base64.b64decode(super().clean(value), validate=True)
        except ValueError:
            return b""


class NumbersField(forms.Field):
    """Ballot numbers; 0, which nobody has, for what is no number."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        return [ballot_number(token) for token in value or ()]


class BoothForm(forms.Form):
    """One step of voting: how the candidates were marked, or the ballot that was sealed in review."""

    step = forms.CharField(required=False)
    blank = forms.BooleanField(required=False)
    box = SealedField(required=False)
    marks = NumbersField(required=False)

    def __init__(self, election: Election, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.election, self.candidates = election, list(candidates_to_choose(election))
        for row in self.candidates:
            self.fields[f"for-{row.number}"] = forms.CharField(required=False)
        self.is_valid()
        self.pressed = self.cleaned_data.get("step", Step.REVIEW)
        self.sealed = self.cleaned_data.get("box", b"")
        self.is_blank = self.cleaned_data.get("blank", False)

    def clean_step(self) -> Step:
        """Whatever is no other step is shown for review."""
        step = self.cleaned_data["step"]
        return Step(step) if step in list(Step) else Step.REVIEW

    def choices(self) -> Choices:
        """What the vote says: ballot numbers marked, or in order, or answers; nothing for a blank vote.

        Raises Incomplete for an order that is none.
        """
        if self.is_blank:
            return {} if self.election.is_yes_no else []
        if self.election.is_yes_no:
            return {row.number: self._given(row.number) or "abstain" for row in self.candidates}
        return self._order() if self.election.is_ranked else self.cleaned_data.get("marks", [])

    def _given(self, number: int) -> str:
        return self.cleaned_data.get(f"for-{number}", "")

    def _order(self) -> list[int]:
        placed: dict[int, list] = {}
        for row in self.candidates:
            if value := self._given(row.number):
                placed.setdefault(ballot_number(value), []).append(row)
        for place, rows in sorted(placed.items()):
            if len(rows) > 1:
                text = _("%(first)s and %(second)s both have the number %(place)s. Use each number only once.")
                names = {"first": rows[0].name, "second": rows[1].name, "place": place}
                raise Incomplete({"marks": text % names})
        missing = next((place for place in range(1, len(placed) + 1) if place not in placed), None)
        if missing:
            text = _(
                "Nobody has the number %(place)s. Number from 1 upwards, without gaps; you may stop wherever you like."
            )
            raise Incomplete({"marks": text % {"place": missing}})
        return [rows[0].number for _place, rows in sorted(placed.items())]


def chooses_nobody(choices: Choices) -> bool:
    """Whether a vote chooses nothing: nobody marked, or every answer an abstention."""
    return all(answer == "abstain" for answer in choices.values()) if isinstance(choices, dict) else not choices

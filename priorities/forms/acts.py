"""Input of a button: an act without a page of its own."""

from typing import Any

from django import forms

from core.errors import Incomplete


class ActForm(forms.Form):
    """Fields that a button sends. There is no page on which errors could be shown beside them."""

    def parsed(self) -> dict[str, Any]:
        """The clean data; raises Incomplete where there is none."""
        if not self.is_valid():
            raise Incomplete({name: list(sentences) for name, sentences in self.errors.items()})
        return self.cleaned_data

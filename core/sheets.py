"""Rows from a spreadsheet: looked at one by one first, then added all or none. What a row means, each app decides."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tables import decoded, read_csv


@dataclass
class Row:
    """A line of the file: its number, its title, [(column, sentence)] of what is wrong, what would be added."""

    line: int
    title: str
    problems: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, Any] | None = None
    #: Who would see it, in words.
    sees: str | Promise = ""


class SheetForm(forms.Form):
    """A file to be looked at, or the same text once more to be taken.

    Give `columns`, `needed`, `most()` and `read(row, texts)`, which fills a Row from {column: text}.
    """

    columns: Collection[str] = ()
    needed: Collection[str] = ()
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy(
            "With the same columns as the portal's own export; only title is required. Nothing is added yet."
        ),
    )
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[Row] = []
        self.unknown: list[str] = []
        self.fields["file"].needed = True  # type: ignore[attr-defined]  # marked as such by the field's template

    def most(self) -> int:
        raise NotImplementedError

    def read(self, row: Row, texts: dict[str, str]) -> None:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            if data["file"]:
                data["text"] = decoded(data["file"].read())
            if not (data["text"] or "").strip():
                raise ValueError(_("Choose a file."))
            sheet = read_csv(data["text"], self.columns, self.needed, self.most())
        except ValueError as error:
            self.add_error("file", str(error))
            return data
        if not sheet.rows:
            self.add_error("file", _("The file has column names but no rows."))
        self.unknown = sheet.unknown
        for line, texts in sheet.rows:
            row = Row(line, texts.get("title", "")[:240])
            self.read(row, texts)
            self.rows.append(row)
        return data

    @property
    def wrong(self) -> list[Row]:
        """Rows with something to change."""
        return [row for row in self.rows if row.problems]


class StepForm(forms.Form):
    """Which button was pressed: `add` once the writer has looked at the rows."""

    step = forms.ChoiceField(choices=[("add", "add")])


if TYPE_CHECKING:  # what the mixin is mixed into
    from core.generic import StaffForm as FormPage
else:
    FormPage = object


class SheetPage(FormPage):
    """A form page about a SheetForm, which acts only when every row is right and the writer says so (`step=add`)."""

    def form_valid(self, form: Any) -> HttpResponse:
        if form.wrong or not StepForm(self.request.POST).is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422 if form.wrong else 200)
        return super().form_valid(form)

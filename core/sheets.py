"""Rows from a spreadsheet: looked at one by one first, then added all or none. What a row means each floor says."""

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tables import decoded, read_csv


@dataclass
class Row:
    """A line of the file: its number, its title, [(column, sentence)] of what is wrong, what would be added."""

    line: int
    title: str
    problems: list = field(default_factory=list)
    values: dict | None = None
    #: Who would read it, in words.
    sees: object = ""


class SheetForm(forms.Form):
    """A file to be looked at, or the same text once more to be taken.

    Give `columns`, `needed`, `most()` and `read(row, said)`, which fills a Row from {column: text}.
    """

    columns = needed = ()
    file = forms.FileField(
        label=gettext_lazy("CSV file"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy("With the same columns as the portal's own export; only title is required. Nothing is added yet."),
    )  # fmt: skip
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.unknown = [], []
        self.fields["file"].needed = True

    def most(self):
        raise NotImplementedError

    def read(self, row, said):
        raise NotImplementedError

    def clean(self):
        data = super().clean()
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
        for line, said in sheet.rows:
            row = Row(line, said.get("title", "")[:240])
            self.read(row, said)
            self.rows.append(row)
        return data

    @property
    def wrong(self):
        """Rows with something to change."""
        return [row for row in self.rows if row.problems]


class SheetPage:
    """For a form page about a SheetForm: it acts only when every row is right and the writer says so (`step=add`)."""

    def form_valid(self, form):
        if form.wrong or self.request.POST.get("step") != "add":
            return self.render_to_response(self.get_context_data(form=form), status=422 if form.wrong else 200)
        return super().form_valid(form)

"""Fields in several languages, the official one in front; and fields that several forms share."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Submit
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.text import HTML_LANG, LANGUAGE_NAMES, content_language, language_in_words
from core.visibility import Visibility

DATE = {"type": "date"}


def date_field(label, **options):
    options.setdefault("required", False)
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **options)


def time_field(label, **options):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, **options)


def visibility_field(choices=(Visibility.COMMUNITY, Visibility.PUBLIC), **options):
    options.setdefault("label", _("Who sees this"))
    return forms.ChoiceField(choices=[(choice.value, choice.label) for choice in choices], **options)


class Folded(Div):
    """Fields that most people leave alone, in a disclosure; an error inside opens it."""

    template = "meetings/_folded.html"

    def __init__(self, summary, *fields, is_open=False):
        super().__init__(*fields)
        self.summary, self.is_open = summary, is_open


class SubmitHelper(FormHelper):
    """Lays out a form with one button, whose label is `verb`."""

    def __init__(self, form, verb, *layout):
        super().__init__(form)
        if layout:
            self.layout.fields[:] = layout
        self.add_input(Submit("", verb, css_id="submit"))


class TranslatedForm(forms.Form):
    """A form with fields in every content language: `translated_fields` is {name: (label, max_length, rows)}.

    The names in `needed` must be filled in in the official language; other languages are optional and folded.
    """

    translated_fields = {}
    needed = ("title",)
    source_language = forms.ChoiceField(
        label=_("Official language"),
        choices=list(LANGUAGE_NAMES.items()),
        help_text=_("Its text prevails; the others are translations."),
    )

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        start = row.source_language if row else content_language()
        self.fields["source_language"].initial = start
        for name, (label, longest, rows) in self.translated_fields.items():
            for code in settings.CONTENT_LANGUAGES:
                widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
                widget.attrs["lang"] = HTML_LANG[code]
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=_("%(field)s in %(language)s") % {"field": label, "language": language_in_words(code)},
                    max_length=longest,
                    required=False,
                    widget=widget,
                    initial=getattr(row, f"{name}_{code}", ""),
                )
                self.fields[f"{name}_{code}"].needed = name in self.needed and code == self.prevailing(start)

    def prevailing(self, otherwise=None):
        """The official language, as chosen so far."""
        chosen = self.data.get(self.add_prefix("source_language")) if self.is_bound else otherwise
        return chosen if chosen in settings.CONTENT_LANGUAGES else otherwise or settings.LANGUAGE_CODE

    def translated_layout(self):
        """The fields of the official language open, the others folded; one with an error is open."""
        first = self.prevailing(self.fields["source_language"].initial)
        others = [code for code in settings.CONTENT_LANGUAGES if code != first]
        folded = [Field(f"{name}_{code}") for code in others for name in self.translated_fields]
        is_open = any(f"{name}_{code}" in self.errors for code in others for name in self.translated_fields)
        folded_in = Folded(_("In other languages"), *folded, is_open=is_open)
        return [*[f"{name}_{first}" for name in self.translated_fields], "source_language", folded_in]

    def clean(self):
        data = super().clean()
        language = data.get("source_language")
        for name in self.needed:
            field = f"{name}_{language}"
            if language and field not in self.errors and not data.get(field, "").strip():
                self.add_error(field, _("Write it in the official language."))
        return data

    def texts(self, name: str) -> dict[str, str]:
        """What was written under one name, {language: text}."""
        return {code: self.cleaned_data.get(f"{name}_{code}", "") for code in settings.CONTENT_LANGUAGES}

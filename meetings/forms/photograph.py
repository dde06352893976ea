"""The photograph of a communiqué and its words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import pictures
from meetings.forms.words import OneVerb, WordsForm


class PhotographForm(WordsForm):
    """`too_large`: what was sent was let go of while it arrived; `has_one`: a photograph is there, the file may stay."""

    words = {"alt": (_("What it shows"), 500, 2), "caption": (_("Caption"), 300, 0)}
    needed = ("alt",)
    file = forms.FileField(
        label=_("Photograph"), required=False, widget=forms.FileInput,
        help_text=_("JPEG or PNG, up to 20 MB. It is reduced in size, and the place and time where it was taken are "
"removed."),
    )  # fmt: skip
    credit = forms.CharField(label=_("Credit"), max_length=160, help_text=_("Who took it, as they should be credited."))
    consent = forms.CharField(
        label=_("Consent"), max_length=300,
        help_text=_("Who agreed to be shown and how that is known; for example: all seven, asked aloud in the room."),
    )  # fmt: skip

    def __init__(self, *args, row=None, too_large=False, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.row, self.too_large, self.picture = row, too_large, None
        self.fields["file"].needed = row is None
        self.fields["consent"].who_sees = _("the coordination team")
        for name in ("credit", "consent"):
            self.fields[name].initial = getattr(row, name, "")
        self.helper = OneVerb(self, _("Add it to the communiqué"), "file", *self.words_layout(), "credit", "consent")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if self.too_large:
            raise ValidationError(_("The file is larger than 20 MB."), code="large")
        if not upload:
            if self.row is None:
                raise ValidationError(_("Choose a photograph."), code="required")
            return None
        self.picture = pictures.read(upload)
        return upload

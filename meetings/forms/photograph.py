"""The photograph of a communiqué with its description."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import pictures
from meetings.forms.translated import SubmitHelper, TranslatedForm
from meetings.services.photograph import PhotographDetails


class PhotographForm(TranslatedForm):
    """`too_large`: the upload was dropped while it arrived; `row` is the photograph there is, whose file can stay."""

    translated_fields = {"alt": (_("What it shows"), 500, 2), "caption": (_("Caption"), 300, 0)}
    needed = ("alt",)
    file = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.FileInput,
        help_text=_(
            "JPEG or PNG, up to 20 MB. It is reduced in size, and the place and time where it was taken are removed."
        ),
    )
    credit = forms.CharField(label=_("Credit"), max_length=160, help_text=_("Who took it, as they should be credited."))
    consent = forms.CharField(
        label=_("Consent"),
        max_length=300,
        help_text=_("Who agreed to be shown and how that is known; for example: all seven, asked aloud in the room."),
    )

    def __init__(self, *args, row=None, too_large=False, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.row, self.too_large, self.picture = row, too_large, None
        self.fields["file"].needed = row is None
        self.fields["consent"].who_sees = _("the coordination team")
        for name in ("credit", "consent"):
            self.fields[name].initial = getattr(row, name, "")
        self.helper = SubmitHelper(
            self, _("Add it to the communiqué"), "file", *self.translated_layout(), "credit", "consent"
        )

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

    def details(self) -> PhotographDetails:
        """What was written."""
        data = self.cleaned_data
        return PhotographDetails(
            captions=self.texts("caption"),
            alts=self.texts("alt"),
            language=data["source_language"],
            credit=data["credit"],
            consent=data["consent"],
        )

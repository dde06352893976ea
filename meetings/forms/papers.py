"""A paper of an agenda item."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock, files
from core.visibility import Visibility
from meetings.forms.polls import LOCAL
from meetings.forms.translated import visibility_field
from meetings.services.papers import NewPaper


class PaperForm(forms.Form):
    """`too_large`: the upload was dropped while it arrived."""

    title = forms.CharField(label=_("Title"), max_length=160)
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput,
        help_text=_("A PDF, an image, a text or an office document without macros, up to 20 MB."),
    )
    visibility = visibility_field((Visibility.COMMUNITY, Visibility.PUBLIC))
    embargo_until = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        widget=LOCAL,
        help_text=_("Until then it is visible only to your organisation and the coordination team."),
    )

    def __init__(self, *args, zone, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.too_large = zone, too_large
        self.fields["file"].needed = True

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if self.too_large:
            raise ValidationError(_("The file is larger than 20 MB."), code="large")
        if not upload:
            raise ValidationError(_("Choose a file."), code="required")
        self.kind = files.kind_of(upload)
        return upload

    def clean_embargo_until(self):
        local = self.cleaned_data["embargo_until"]
        try:
            return local and clock.instant(local.replace(tzinfo=None, second=0, microsecond=0), self.zone)
        except OverflowError as error:
            raise ValidationError(_("Enter another time.")) from error

    def paper(self) -> NewPaper:
        """What was sent."""
        data = self.cleaned_data
        return NewPaper(
            title=data["title"],
            upload=data["file"],
            kind=self.kind,
            visibility=data["visibility"],
            embargo_until=data["embargo_until"],
        )

"""The outcome text, its publication, and who may see a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import HTML_LANG, language_in_words
from core.visibility import Visibility
from meetings.forms.translated import SubmitHelper, visibility_field


class OutcomeForm(forms.Form):
    """A version of the outcome in one language; a translation names its reviewer."""

    body = forms.CharField(
        label=_("Text"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Markdown: an empty line begins a paragraph, ## a heading, - a list."),
    )
    reviewer = forms.CharField(
        label=_("Reviewed by"),
        required=False,
        max_length=120,
        help_text=_("Who compared this translation with the official text. Empty: it is shown as not reviewed."),
    )
    base_number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, language, is_official, is_published=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["lang"] = HTML_LANG[language]
        if is_official:
            del self.fields["reviewer"]
        else:
            self.fields["reviewer"].who_sees = _("everybody who can see the text")
        correction = is_official and is_published
        name = {"language": language_in_words(language)}
        verb = _("Publish this correction") if correction else _("Save this version in %(language)s") % name
        self.helper = SubmitHelper(self, verb)


class PublishForm(forms.Form):
    visibility = visibility_field(
        (Visibility.PUBLIC, Visibility.COMMUNITY),
        label=_("Publish for"),
        widget=forms.RadioSelect,
        initial=Visibility.PUBLIC,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = SubmitHelper(self, _("Publish the outcome"))


class VisibilityForm(forms.Form):
    visibility = visibility_field((Visibility.PUBLIC, Visibility.COMMUNITY, Visibility.PRIVATE))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = SubmitHelper(self, _("Change who sees it"))

"""What the pages of the demonstration take in."""

from django import forms

from accounts.models import User
from demo.people import ACCOUNTS


class PersonForm(forms.Form):
    """The made-up person that a reader walks in as; `person` is cleaned to their account, and no other is accepted."""

    person = forms.ChoiceField(choices=[(account.email, account.email) for account in ACCOUNTS])

    def clean_person(self) -> User:
        user = User.objects.filter(email=self.cleaned_data["person"], is_active=True, person__is_demo=True).first()
        if user is None:
            raise forms.ValidationError("")
        return user

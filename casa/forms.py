"""What the pages that join apps take in."""

from django import forms


class CalendarAddressForm(forms.Form):
    """Which of its two buttons sent a calendar's form: the one that withdraws the address, or the other."""

    withdraw = forms.BooleanField(required=False)

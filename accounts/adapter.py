"""How allauth behaves here: nobody signs up by themselves; mail goes out in the person's own language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.validators import MaxLengthValidator
from django.utils import translation

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts come by invitation only."""
        return False

    def clean_email(self, email):
        """Forms of allauth take longer addresses than the database keeps."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return super().clean_email(email)

    def send_mail(self, template_prefix, email, context):
        """In the recipient's language where they have an account, else in the page's."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        with translation.override(getattr(user, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context)

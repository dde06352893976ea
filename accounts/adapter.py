"""How allauth behaves here: nobody signs up by themselves; mail goes out in the person's own language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import translation

from accounts.models import User


class HouseAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts come by invitation only."""
        return False

    def send_mail(self, template_prefix, email, context):
        """In the recipient's language where they have an account, else in the page's."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        with translation.override(getattr(user, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context)

"""Reads of users and personal links."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models


class UserManager(BaseUserManager):
    """Users by e-mail, whatever the case it is typed in."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """A user whose e-mail is not yet proven; without a password they sign in by mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user


class PersonalLinkQuerySet(models.QuerySet):
    def alive(self, now):
        """Neither used, revoked nor expired."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now)

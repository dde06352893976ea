"""Users and personal links."""

import uuid

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.querysets import PersonalLinkQuerySet, UserManager
from core.clock import ZoneField


def new_journal_key():
    return str(uuid.uuid4())


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do follows from mandates, never from a flag here."""

    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="es")
    zone = ZoneField(default="America/Montevideo")
    is_active = models.BooleanField(_("active"), default=True)
    journal_key = models.CharField(max_length=36, unique=True, default=new_journal_key, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_any_case")]

    def __str__(self):
        return self.email

    def has_perm(self, perm, obj=None):
        """Rules only: there is no superuser to whom everything opens, ballots included."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def email_user(self, subject, message, from_email=None, **kwargs):
        EmailMessage(subject, message, from_email, [self.email], **kwargs).send()


class MailStop(models.Model):
    """Mail of one kind that an address does not want; the address need not be an account's."""

    address = models.EmailField()
    kind = models.CharField(max_length=60)
    stopped_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="mail_stopped_once")]

    def __str__(self):
        return f"{self.kind} {self.address}"


class PersonalLink(models.Model):
    """One act that one address may do without signing in, until a day. Only a hash of its token is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    address = models.EmailField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "code"], name="personal_link_about")]

    def __str__(self):
        return f"{self.purpose} {self.code} {self.address}"

"""Open an empty portal: its first administrator, who is of the coordination team as well."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.queries import INVITATION
from accounts.services import issue_link, prove_address
from core import clock
from organizations.models import Mandate, Person
from organizations.services import Appointment, name_mandate
from organizations.states import Role

DAYS = 2


class Command(BaseCommand):
    help = "Make the first administrator and print an address that signs them in once. Never a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="as people will read it; default: the address")
        parser.add_argument("--language", default="es", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args, email, name, language, **options):
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        now = clock.now()
        with transaction.atomic():
            self.refuse_a_second(now)
            token = make(email, name or email, language, now)
        with translation.override(language):
            address = settings.CASA_ORIGIN + reverse("accounts:invitation_accept", args=[token])
        self.stdout.write(f"{email} is administrator and of the coordination team.")
        self.stdout.write(f"To sign in, open this address once, within {DAYS} days:\n{address}")

    def refuse_a_second(self, now):
        """Only the first: whoever can run commands is trusted, but later administrators are named on the portal's own pages."""
        held = Mandate.objects.on(clock.today(now, settings.CASA_ZONE)).filter(
            role=Role.ADMINISTRATOR, person__is_demo=False, person__user__is_active=True
        )
        if there := held.select_related("person__user").first():
            raise CommandError(
                f"There is an administrator already: {there.person.user.email}. They can name others in the portal."
            )


def make(email, name, language, now):
    """The account, its two roles and the token of its one-time address."""
    user = User.objects.filter(email__iexact=email).first()
    user = user or User.objects.create_user(email, language=language, zone=settings.CASA_ZONE)
    prove_address(user)
    Person.objects.get_or_create(user=user, defaults={"name": name})
    today = clock.today(now, settings.CASA_ZONE)
    for role in (Role.ADMINISTRATOR, Role.COORDINATION):
        if not user.person.mandates.on(today).filter(role=role).exists():
            appointment = Appointment(role, name, user.email, today, user.language, user.zone)
            name_mandate(None, appointment, actor=None, now=now)
    return issue_link(INVITATION, user.journal_key, user.email, now, DAYS)

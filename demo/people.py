"""One made-up person for each role, and a delegate for each member organisation."""

import datetime
from dataclasses import dataclass

from accounts.models import User
from accounts.services import prove_address
from organizations.models import Organization, Person
from organizations.services import Appointment, name_mandate
from organizations.states import Role

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Account:
    """A made-up person; `organization` is a slug, or empty for a role in the whole portal."""

    name: str
    email: str
    role: Role
    organization: str = ""
    language: str = "es"
    zone: str = "America/Montevideo"


def _account(part, name, role, organization="", language="es", zone="America/Montevideo"):
    return Account(name, f"{part}@{DOMAIN}", role, organization, language, zone)


COORDINATION = _account("coordinacion", "Demo Coordinación", Role.COORDINATION)
ADMINISTRATOR = _account("administracion", "Demo Administración", Role.ADMINISTRATOR)
ACCOUNTS = (
    COORDINATION,
    _account("responsable.lactld", "Demo Responsable", Role.LEAD, "lactld"),
    _account("delegada.lacnic", "Demo Delegada", Role.DELEGATE, "lacnic"),
    _account("delegado.isoc", "Demo Delegate", Role.DELEGATE, "isoc", "en", "America/New_York"),
    _account("delegada.icann", "Demo Delegada Dos", Role.DELEGATE, "icann"),
    _account("delegado.lactld", "Demo Delegado", Role.DELEGATE, "lactld"),
    _account("delegada.lac-ix", "Demo Delegada Três", Role.DELEGATE, "lac-ix", "pt-br", "America/Sao_Paulo"),
    _account("delegada.lacnog", "Demo Delegada Cuatro", Role.DELEGATE, "lacnog", "es", "America/Bogota"),
    _account("delegado.redclara", "Demo Delegado Dos", Role.DELEGATE, "redclara", "es", "America/Santiago"),
    _account("suplente.lacnic", "Demo Suplente", Role.ALTERNATE, "lacnic"),
    _account("editora.lacnog", "Demo Editora", Role.EDITOR, "lacnog", "es", "America/Bogota"),
    _account("integrante.redclara", "Demo Integrante", Role.MEMBER, "redclara", "es", "America/Santiago"),
    ADMINISTRATOR,
)


@dataclass
class Team:
    """Who acts in the demonstration."""

    coordination: User
    delegates: dict
    organizations: dict


def load(now):
    """Make the accounts (proven, without a password: one enters by a button or a mailed code) and their roles."""
    organizations = {row.slug: row for row in Organization.objects.in_order()}
    starts_on = datetime.date(now.year - 2, 1, 1)
    users = {}
    for account in ACCOUNTS:
        user = User.objects.create_user(account.email, language=account.language, zone=account.zone)
        prove_address(user)
        Person.objects.create(name=account.name, user=user, is_demo=True)
        name_mandate(
            organizations[account.organization] if account.organization else None,
            Appointment(account.role, account.name, account.email, starts_on, account.language, account.zone),
            actor=None,
            now=now,
        )
        users[account] = user
    delegates = {a.organization: user for a, user in users.items() if a.role == Role.DELEGATE}
    return Team(users[COORDINATION], delegates, organizations)

"""A meeting that is in session while one looks: five organisations are there, and one question is open."""

from commons.services import record_action  # noqa: F401

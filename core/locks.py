"""Locking rows: the one way in which a service holds what it is about to change."""

from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def lock(row: M, *related: str) -> M:
    """The row as it is now, locked until the transaction ends; `related` rows are read with it and not locked.

    Raises the model's DoesNotExist where it was deleted in the meantime. SQLite has no row locks: there every
    transaction that writes holds the whole database from its start (see DATABASES in casa.settings).
    """
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk) if related else rows.get(pk=row.pk)

"""Moves between states. Each app's `states.py` holds its words and its table; only services call `move`."""

from django.utils.translation import gettext as _

from core.errors import NotNow


def check_move(table, source, target):
    """Raise NotNow unless `table` (state → set of next states) allows `source` → `target`."""
    if target not in table.get(source, ()):
        raise NotNow(_("This is not possible in its current state."))


def move(row, target, table, field="state"):
    """Set the state of `row`, which the caller has locked; it is the caller who saves."""
    check_move(table, getattr(row, field), target)
    setattr(row, field, target)
    return row

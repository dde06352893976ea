"""Kinds of mail about which others have something to say: whether it is still wanted, whether one may stop it."""

_checks = {}
_stoppable = {}


def register(kind, *, label="", still_wanted=None):
    """Say once, in `AppConfig.ready`, what holds for a kind of mail.

    `label`: one may stop this kind, and this is what it is called. `still_wanted(kind, code, address, key)` is asked
    just before a row is sent; False drops it.
    """
    if label:
        _stoppable[kind] = label
    if still_wanted:
        _checks[kind] = still_wanted


def stoppable():
    """{kind: what it is called} of mail one may stop."""
    return dict(_stoppable)


def is_wanted(row):
    check = _checks.get(row.kind)
    return check is None or check(row.kind, row.code, row.address, row.key)

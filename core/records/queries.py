"""Questions about codes."""

import datetime

from django.utils.translation import gettext as _

from core.errors import Incomplete
from core.records.rows import rows
from core.visibility import Reader


def origin_code(code: str, user: Reader, now: datetime.datetime) -> str:
    """The code a new record comes from, as written in a form: tidied, or empty.

    Raises Incomplete beside `came_from` where this person may see no record of it.
    """
    code = code.strip().upper()
    if code and code not in rows([code], user, now):
        raise Incomplete({"came_from": _("There is no record with this code.")})
    return code

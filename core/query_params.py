"""The parameters of an address, after its question mark. Nonsense is answered with a sentence, never with an error."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class QueryParam:
    """A value as understood; `given` says whether the address had one.

    `problem` is a sentence where it made no sense; `value` is then what is shown instead.
    """

    value: Any
    given: bool = False
    problem: str = ""


def day(params: Mapping[str, str], name: str, default: datetime.date) -> QueryParam:
    """A date such as `?on=2024-01-22`."""
    text = params.get(name, "").strip()
    if not text:
        return QueryParam(default)
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return QueryParam(datetime.date.fromisoformat(text), given=True)
    except ValueError:
        return QueryParam(
            default,
            problem=_("We could not read that date. Write it like 2024-01-22; in the meantime, this page shows today."),
        )


def one_of(params: Mapping[str, str], name: str, choices: Iterable[object]) -> QueryParam:
    """One of `choices` (values); empty means all of them."""
    text = params.get(name, "").strip()
    if not text:
        return QueryParam("")
    if text not in {str(choice) for choice in choices}:
        return QueryParam("", problem=_("There is no option with that name, so everything is shown."))
    return QueryParam(text, given=True)

"""One row of the desk."""

import datetime
from dataclasses import dataclass

from core import clock
from core.text import Shown

LAST = datetime.date.max


@dataclass(frozen=True)
class Duty:
    """Something to do: its words, its page, one verb and where the verb leads, and by when."""

    title: object
    href: str
    verb: str
    verb_href: str
    code: str = ""
    due: datetime.date | None = None
    due_at: datetime.datetime | None = None
    zone: str = ""
    organization: object = None
    state: str = ""
    state_label: str = ""
    is_overdue: bool = False

    @property
    def words(self):
        return self.title.value if isinstance(self.title, Shown) else self.title


def last_day(instant, zone):
    """The last day of an exclusive instant, where it was announced."""
    return clock.today(instant - datetime.timedelta(minutes=1), zone)


def in_order(duties):
    """Overdue first, then what is due soonest; what has no day comes last."""
    return sorted(duties, key=lambda duty: (not duty.is_overdue, duty.due or LAST, duty.code, str(duty.words)))

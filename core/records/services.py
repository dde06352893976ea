"""Acts on codes and links, called inside the transaction of the service that creates the record itself."""

import datetime
import re
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F

from core.records.models import Citable, Link, LinkKind, Record, RecordCounter
from core.records.words import index

C = TypeVar("C", bound=Citable)

CODE = re.compile(r"CASA-(?P<year>\d{4})-(?P<kind>[A-Z]{3})-(?P<number>\d{3,})", re.ASCII)


@transaction.atomic
def reserve(kind: str, year: int) -> Record:
    """The next code of a kind in a year, as a Record; two writers queue on the counter's row."""
    if not RecordCounter.objects.filter(kind=kind, year=year).update(last=F("last") + 1):
        try:
            with transaction.atomic():
                RecordCounter.objects.create(kind=kind, year=year, last=1)
        except IntegrityError:
            RecordCounter.objects.filter(kind=kind, year=year).update(last=F("last") + 1)
    number = RecordCounter.objects.get(kind=kind, year=year).last
    return Record.objects.create(code=f"CASA-{year}-{kind}-{number:03d}", kind=kind, year=year, number=number)


@transaction.atomic
def claim(code: str) -> Record:
    """Take a code that was given outside, such as in the files of the record; the counter never gives it again.

    Raises ValueError where it is no code, and IntegrityError where it is taken.
    """
    found = CODE.fullmatch(code)
    if not found:
        raise ValueError(f"{code} is not a code")
    year, kind, number = int(found["year"]), found["kind"], int(found["number"])
    RecordCounter.objects.get_or_create(kind=kind, year=year)
    RecordCounter.objects.filter(kind=kind, year=year, last__lt=number).update(last=number)
    return Record.objects.create(code=code, kind=kind, year=year, number=number)


def create(kind: str, year: int, row: C) -> C:
    """Give `row` its code and save it; returns the row."""
    row.code = reserve(kind, year).code
    row.save()
    index(row.code)
    return row


def touch(code: str) -> None:
    """One more version: pages and feeds that show the record are renewed, and search knows its present title."""
    Record.objects.filter(code=code).update(version=F("version") + 1)
    index(code)


def link(origin: str, outcome: str, at: datetime.datetime, kind: str = LinkKind.RESULT_OF, by: str = "") -> Link:
    """Join two codes; saying it twice changes nothing. Returns the Link."""
    made, _new = Link.objects.get_or_create(
        origin_id=origin, outcome_id=outcome, defaults={"kind": kind, "by": by, "at": at}
    )
    return made


def unlink(origin: str, outcome: str) -> bool:
    """Take a join back; True when there was one."""
    return bool(Link.objects.filter(origin_id=origin, outcome_id=outcome).delete()[0])

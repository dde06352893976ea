"""Two people at the same moment. Locks are proven on PostgreSQL only: green on SQLite says nothing about them.

The continuous run has PostgreSQL; elsewhere these tests are left out.
"""

import datetime
import threading

import pytest
from django.db import connection

from commons.models import Text
from commons.services import write_version
from core import clock
from core.errors import HouseError
from core.outbox import services as outbox
from core.outbox.models import OutboxMessage
from core.records import services as records
from priorities.models import PlanRevision, PriorityDraft
from priorities.services import submit_plan
from tests import factories as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="locks are proven on PostgreSQL"),
]

AT_ONCE = 8


def all_at_once(act, times=AT_ONCE):
    """Call `act(n)` from as many threads at the same moment; [(result, refusal)] in the order of n."""
    gate, answers = threading.Barrier(times), [None] * times

    def run(n):
        try:
            gate.wait()
            answers[n] = (act(n), None)
        except HouseError as error:
            answers[n] = (None, error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in answers, "an act ended in an exception that is no refusal"
    return answers


def test_codes_are_given_once():
    codes = [record.code for record, _error in all_at_once(lambda n: records.reserve("DEC", 2026))]
    assert sorted(codes) == [f"CASA-2026-DEC-{n:03d}" for n in range(1, AT_ONCE + 1)]


def test_a_plan_is_submitted_once():
    now = clock.now()
    organization = make.organization()
    delegate = make.delegate(organization)
    plan = make.plan(make.cycle(2026, now=now), organization)
    PriorityDraft.objects.create(
        plan=plan, title="Demo", why="Porque", action="Taller", theme=make.theme(), edited_at=now
    )
    answers = all_at_once(lambda n: submit_plan(plan, actor=delegate, now=now))
    assert sum(error is None for _result, error in answers) == 1
    assert PlanRevision.objects.count() == 1
    assert plan.priorities.count() == 1


def test_a_message_is_claimed_once():
    now = clock.now()
    OutboxMessage.objects.create(
        key="k", kind="test", address="demo@example.org", language="es", subject="x", text="x", not_before=now,
        created_at=now - datetime.timedelta(minutes=1),
    )  # fmt: skip
    claimed = [row for row, _error in all_at_once(lambda n: outbox.claim(clock.now())) if row is not None]
    assert len(claimed) == 1
    assert OutboxMessage.objects.get().attempts == 1


def test_of_two_who_write_the_same_text_one_is_shown_the_other_s():
    text = Text.objects.create()
    author = make.coordination()
    answers = all_at_once(
        lambda n: write_version(text, "es", f"Versión {n}", author, clock.now(), base_number=0), times=2
    )
    (written,) = [version for version, error in answers if error is None]
    (conflict,) = [error for _version, error in answers if error is not None]
    assert conflict.theirs.pk == written.pk

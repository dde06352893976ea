"""The outbox: written once, sent by whoever claims it, never lost by a failure."""

import datetime
import smtplib

import pytest
from django.core import mail

from core import clock
from core.outbox import services
from core.outbox.messages import mail_of
from core.outbox.models import OutboxMessage, State

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 10, 12, tzinfo=datetime.UTC)


def row(key="k1", **fields):
    defaults = {
        "kind": "test",
        "address": "demo@example.org",
        "language": "es",
        "subject": "Asunto",
        "text": "Palabras\n",
        "not_before": NOW,
        "created_at": NOW,
    }
    return OutboxMessage.objects.create(key=key, **defaults | fields)


def test_a_message_goes_out_once():
    row()
    assert (services.drain(), services.drain()) == (1, 0)
    assert [m.subject for m in mail.outbox] == ["Asunto"]
    assert OutboxMessage.objects.get().state == State.SENT


def test_a_message_for_later_waits():
    row(not_before=clock.now() + datetime.timedelta(hours=1))
    assert services.drain() == 0


def test_a_claimed_message_belongs_to_its_claimer_until_the_lease_ends():
    row()
    first = services.claim(NOW)
    assert services.claim(NOW) is None
    second = services.claim(NOW + services.LEASE + datetime.timedelta(seconds=1))
    assert second.pk == first.pk and second.lease != first.lease
    services._finish(first, state=State.SENT)
    assert OutboxMessage.objects.get().state == State.PENDING, "the one who lost the lease changes nothing"


def test_the_message_id_is_the_same_at_every_attempt():
    message = row()
    assert mail_of(message).extra_headers["Message-ID"] == mail_of(message).extra_headers["Message-ID"]


def test_a_calendar_part_says_its_method():
    message = row(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    raw = mail_of(message).message().as_string()
    assert 'text/calendar; method="REQUEST"' in raw or "text/calendar; method=REQUEST" in raw


class Broken:
    """A mail server that answers with one error, as Django's connection would."""

    def __init__(self, error):
        self.error = error

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"demo@example.org": (550, b"no such user")}), State.DEAD),
        (smtplib.SMTPRecipientsRefused({"demo@example.org": (450, b"later")}), State.PENDING),
        (ConnectionRefusedError("down"), State.PENDING),
    ],
)
def test_a_failure_waits_and_a_refused_address_is_given_up(monkeypatch, error, state):
    row()
    monkeypatch.setattr(services, "get_connection", lambda: Broken(error))
    assert services.drain() == 0
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (state, 1)
    assert message.last_error
    if state == State.PENDING:
        assert message.not_before > clock.now()


def test_one_bad_message_does_not_stop_the_rest(monkeypatch):
    row("bad", subject="x\ny")  # a newline in a header is refused by Django when the mail is built
    row("good")
    assert services.drain() == 1
    assert OutboxMessage.objects.get(key="good").state == State.SENT
    assert OutboxMessage.objects.get(key="bad").last_error


def test_after_six_attempts_a_message_is_dead_and_visible(monkeypatch):
    row(attempts=services.MAX_ATTEMPTS - 1)
    monkeypatch.setattr(services, "get_connection", lambda: Broken(OSError("down")))
    services.drain()
    assert OutboxMessage.objects.get().state == State.DEAD


def test_a_broker_that_is_away_loses_nothing(monkeypatch, django_capture_on_commit_callbacks):
    def away(*args, **options):
        raise OSError

    monkeypatch.setattr(services.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        services.enqueue_all(
            [
                OutboxMessage(
                    key="k1",
                    kind="test",
                    address="demo@example.org",
                    language="es",
                    subject="Asunto",
                    text="Palabras",
                    not_before=NOW,
                    created_at=NOW,
                )
            ]
        )
    assert services.drain() == 1


def test_mails_about_a_code_are_taken_back_and_then_forgotten():
    row(code="CASA-2026-MEE-001")
    row("k2", code="CASA-2026-MEE-001", state=State.SENT)
    row("k3", code="CASA-2026-MEE-002")
    assert services.forget("test", "CASA-2026-MEE-001") == 1, "what waits is not forgotten"
    assert services.drop("test", "CASA-2026-MEE-001") == 1
    assert services.forget("test", "CASA-2026-MEE-001") == 1
    assert OutboxMessage.objects.get().key == "k3"


def test_a_message_that_somebody_else_claims_at_the_same_moment_is_left_to_them(monkeypatch):
    message = row()
    real = services.uuid.uuid4

    def claimed_meanwhile():
        OutboxMessage.objects.update(lease="other", leased_until=NOW + services.LEASE)
        return real()

    monkeypatch.setattr(services.uuid, "uuid4", claimed_meanwhile)
    assert services.claim(NOW) is None
    message.refresh_from_db()
    assert message.lease == "other"


def test_a_drain_ends_with_its_budget():
    row()
    assert services.drain(budget=0) == 0


def test_a_temporary_refusal_is_tried_again(monkeypatch):
    row()

    def busy(self):
        raise smtplib.SMTPDataError(451, b"later")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", busy)
    assert services.drain() == 0
    assert OutboxMessage.objects.get().state == State.PENDING

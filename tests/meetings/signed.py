"""A meeting that is over, three organisations with a delegate each, and a communiqué on its way out."""

import datetime

from meetings.models import Communique, Meeting
from meetings.services.communique import begin_communique, open_signing, sign_communique
from meetings.services.outcome import write_outcome
from tests import factories as make

NOW = datetime.datetime(2026, 1, 23, 20, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
AT = NOW + 14 * HOUR
AFTER = AT + datetime.timedelta(minutes=1)


class World:
    def __init__(self):
        self.team = make.coordination()
        self.first, self.second, self.third = (make.organization(name) for name in ("ONE", "TWO", "THREE"))
        self.ana, self.bob, self.eva = (make.delegate(one) for one in (self.first, self.second, self.third))
        self.meeting = make.meeting(2026, state="held", title_es="Anual Demo")
        self.decision = make.decision(self.meeting, "Hacer una guía")

    def begin(self, body="Se acordó una guía."):
        return begin_communique(self.meeting, language="es", body=body, actor=self.team, now=NOW)

    def ask(self, at=AT, **fields):
        return open_signing(self.begin(**fields), publishes_at=at, actor=self.team, now=NOW)

    def sign(self, communique, organization, stand="agreed", words="", *, number=1, aloud=False, actor=None, now=NOW):
        return sign_communique(
            communique,
            organization=organization,
            answer=stand,
            words=words,
            number=number,
            aloud=aloud,
            actor=actor or self.ana,
            now=now,
        )

    def write(self, body, language="es", base=1, now=NOW, actor=None, reviewer=""):
        return write_outcome(
            Meeting.objects.get(pk=self.meeting.pk),
            language=language,
            body=body,
            base_number=base,
            reviewer=reviewer,
            actor=actor or self.team,
            now=now,
        )

    def fresh(self):
        return Communique.objects.whole().get(meeting=self.meeting)


def acronyms(signed):
    return [one.organization.acronym for one in signed]


def page(client, code, name="communique"):
    return client.get(f"/es/meetings/{code}/{name}/")

"""What the scrutineers of an election have said of its result."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from elections.models import Election, Scrutineer


@dataclass(frozen=True)
class ScrutineerLine:
    """A scrutineer and their answer; `who` names the person only to those who may read it."""

    row: Scrutineer
    who: str
    answer: str

    @property
    def sentence(self) -> str:
        """Who it is, what they answered, and their remark."""
        sentence = f"{self.who}: {self.answer}"
        return f"{sentence} — {self.row.remark}" if self.row.remark else sentence

    @property
    def answer_to_officer(self) -> str:
        """The answer, with the reason where the result is not confirmed."""
        return f"{self.answer}: {self.row.remark}" if self.row.conforms is False else self.answer


def scrutineer_lines(
    election: Election, *, is_community: bool, with_public_names: bool = False
) -> list[ScrutineerLine]:
    """The scrutineers; visitors read the organisation, and where `with_public_names` those who are public by name."""
    lines = []
    for row in election.scrutineers.select_related("organization", "person"):
        is_named = is_community or (with_public_names and row.person.is_public)
        who = f"{row.organization} · {row.person}" if is_named else str(row.organization)
        lines.append(ScrutineerLine(row, who, _answer(row)))
    return lines


def _answer(row: Scrutineer) -> str:
    if row.conforms is None:
        return _("has not answered yet")
    return _("confirms the result") if row.conforms else _("does not confirm the result")

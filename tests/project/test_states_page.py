"""docs/states.md is what `manage.py states` writes, and it leaves no table of moves out."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from casa import state_diagrams
from elections.models import Election
from elections.states import ElectionState
from meetings import states as meeting_states

ROOT = Path(settings.ROOT)


def test_the_page_is_what_the_command_writes():
    written = (ROOT / state_diagrams.PAGE).read_text(encoding="utf-8")
    assert written == state_diagrams.page(), "run ./run manage states"


def test_every_table_of_moves_is_drawn():
    declared = {
        f"{path.parent.name}.states.{name}"
        for path in ROOT.glob("*/states.py")
        for name in re.findall(r"^(\w+_MOVES)\b", path.read_text(encoding="utf-8"), re.M)
    }
    assert {machine.table for machine in state_diagrams.machines()} == declared


def test_a_machine_names_its_model_where_it_begins_and_what_follows():
    election = next(machine for machine in state_diagrams.machines() if machine.model is Election)
    assert (election.begins, election.states) == (ElectionState.DRAFT, ElectionState)
    assert election.next_states(ElectionState.CALLED) == [ElectionState.ROLL, ElectionState.ANNULLED]
    assert election.next_states(ElectionState.CERTIFIED) == []


def test_a_table_that_belongs_to_no_model_is_named(monkeypatch):
    class Lost(models.TextChoices):
        HERE = "here"

    monkeypatch.setattr(meeting_states, "LOST_MOVES", {Lost.HERE: set()}, raising=False)
    with pytest.raises(state_diagrams.TableWithoutModel, match=r"meetings\.states\.LOST_MOVES"):
        list(state_diagrams.machines())

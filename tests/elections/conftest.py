"""What several tests of elections stand on."""

import pytest
import time_machine

from core import clock as casa_clock
from tests.elections.world import NOW


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(casa_clock, "by_database", casa_clock.now)
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved

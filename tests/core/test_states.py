"""How states are drawn: each app says so for its own, and a word looks the same on every page."""

import pytest

from core.states import Look, look_of, register_looks


def test_a_state_is_drawn_as_its_app_says():
    assert [look_of(state) for state in ("held", "in_progress", "paused", "off_track", "set_aside")] == [
        Look.DONE,
        Look.UNDERWAY,
        Look.RISK,
        Look.DUE,
        Look.DROPPED,
    ]


def test_a_look_by_its_own_name_and_what_nobody_registered():
    assert look_of("due") == Look.DUE
    assert look_of("recorded") == Look.DRAFT


def test_two_apps_cannot_draw_a_word_differently():
    register_looks(done=["held"])
    with pytest.raises(ValueError, match="drawn as done already"):
        register_looks(dropped=["held"])

"""Attributes and variants of the elements of the sign-in pages."""

import pytest

from accounts.templatetags.elements import attributes, button_look


def test_only_attributes_that_are_given_are_written():
    given = {"id": "x", "name": "", "required": "yes", "disabled": False, "rows": 3}
    assert attributes(given, "id name rows required disabled readonly") == ' id="x" rows="3" required'
    assert attributes({"id": '"><b>'}, "id") == ' id="&quot;&gt;&lt;b&gt;"'


@pytest.mark.parametrize(
    ("tags", "look"),
    [
        (None, "btn"),
        (["prominent", "login"], "btn"),
        (["link", "cancel"], "btn btn--quiet"),
        (["danger", "minor"], "btn btn--danger btn--small"),
        (["minor", "secondary"], "btn btn--quiet btn--small"),
    ],
)
def test_a_button_looks_as_its_tags_say(tags, look):
    assert button_look(tags) == look

"""What docs/architecture.md asks of views: every POST has a form."""

import ast

from tests.project.sources import APPS, modules_of, name_of, tree


def reads_by_hand(module):
    """How often a module reads `request.POST` elsewhere than as the argument of a form."""
    given = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and "form" in ast.unparse(node.func).lower():
            given.update(id(each) for each in [*node.args, *(keyword.value for keyword in node.keywords)])
    return sum(
        isinstance(node, ast.Attribute)
        and node.attr == "POST"
        and ast.unparse(node.value).split(".")[-1] == "request"
        and id(node) not in given
        for node in ast.walk(module)
    )


def test_views_read_what_was_sent_through_forms():
    found = [name_of(path) for path in modules_of("views", folders=APPS) if reads_by_hand(tree(path))]
    assert found == []

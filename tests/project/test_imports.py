"""Imports that contracts cannot see: circles between single modules, and names that a package lists a second time."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.project.sources import APPS, PACKAGES, ROOT, modules_of, name_of, tree

FACADES = ("services", "queries", "rules", "forms", "views", "documents", "emails", "querysets")


@pytest.fixture(scope="module")
def graph():
    """Who imports whom, also inside functions; not what is imported for types only."""
    sys.path.insert(0, str(ROOT))
    try:
        return grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True, cache_dir=None)
    finally:
        sys.path.remove(str(ROOT))


def test_no_module_imports_itself_through_others(graph):
    imports = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    circles = set()
    while True:
        try:
            TopologicalSorter(imports).prepare()
        except CycleError as error:
            circle = error.args[1]
            circles.add(" <-> ".join(sorted(set(circle))))
            # The list begins with a module that the second one imports.
            imports[circle[1]].discard(circle[0])
        else:
            break
    assert circles == set()


def is_docstring_only(path):
    return all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in tree(path).body)


def test_a_package_lists_no_name_a_second_time():
    """A name is imported from the module that has it: `from meetings.services import agenda`."""
    packages = [path for path in modules_of(*FACADES, folders=APPS) if path.name == "__init__.py"]
    assert [name_of(path) for path in packages if not is_docstring_only(path)] == []

"""Services act: what docs/architecture.md asks of every public function in a module of services."""

import ast

from tests.project.sources import ROOT, modules_of, name_of, tree

#: Calls that change something: rows of the database, the journal, the outbox, codes and links.
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
    "set",
    "execute",
    "executemany",
    "enqueue",
    "record",
}
#: Calls that change a row which the caller saves, or hold it until the transaction ends: a query does neither.
CHANGES = {"move", "setattr", "lock"}
MOST_PARAMETERS = 8


def functions(path):
    """The functions on the top of a module, by their names."""
    return {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def services():
    """All functions of services: {module: {name: function}}."""
    return {path.relative_to(ROOT).with_suffix("").as_posix(): functions(path) for path in modules_of("services")}


def public(name):
    return not name.startswith("_")


def imported_services(module, all_modules):
    """What names stand for in a module of services: {local name: (module, function or None for the module itself)}."""
    names = {}
    for node in ast.walk(tree(ROOT / f"{module}.py")):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        source = node.module.replace(".", "/")
        for alias in node.names:
            local = alias.asname or alias.name
            if f"{source}/{alias.name}" in all_modules:
                names[local] = (f"{source}/{alias.name}", None)
            elif alias.name in all_modules.get(source, {}):
                names[local] = (source, alias.name)
            elif "services" in source.split("/"):
                # A façade says the name a second time; the function is in one of the modules beside it.
                names[local] = next(
                    ((m, alias.name) for m, own in all_modules.items() if m.startswith(source) and alias.name in own),
                    (source, None),
                )
    return names


def writing(all_modules):
    """Those functions of services that write, themselves or through another one: {(module, function)}."""
    found, calls = set(), {}
    for module, own in all_modules.items():
        imported = imported_services(module, all_modules)
        for name, function in own.items():
            calls[module, name] = set()
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                    found.add((module, name))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CHANGES:
                    found.add((module, name))
                # Also a function that is handed on, to `on_commit` or in a table of acts.
                if isinstance(node, ast.Name):
                    if node.id in own:
                        calls[module, name].add((module, node.id))
                    elif node.id in imported:
                        calls[module, name].add(imported[node.id])
                elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    target = imported.get(node.value.id)
                    if target and target[1] is None:
                        calls[module, name].add((target[0], node.attr))
    while more := {caller for caller, called in calls.items() if caller not in found and called & found}:
        found |= more
    return found


def test_services_write():
    """A question belongs in queries; a guard, `check_…`, may stand beside the act that asks it."""
    all_modules = services()
    writes = writing(all_modules)
    reads = {
        f"{module}.{name}"
        for module, own in all_modules.items()
        for name in own
        if public(name) and not name.startswith("check_") and (module, name) not in writes
    }
    assert reads == set()


def parameters(function):
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def test_a_service_has_at_most_eight_parameters():
    long = {
        f"{module}.{name}"
        for module, own in services().items()
        for name, function in own.items()
        if public(name) and len(parameters(function)) > MOST_PARAMETERS
    }
    assert long == set()


def is_typed(function):
    rest = [each for each in (function.args.vararg, function.args.kwarg) if each]
    return function.returns is not None and all(each.annotation for each in [*parameters(function), *rest])


def test_services_queries_rules_and_deadlines_are_typed():
    untyped = {
        name_of(path)
        for path in modules_of("services", "queries", "rules", "deadlines")
        if not all(is_typed(function) for name, function in functions(path).items() if public(name))
    }
    assert untyped == set()

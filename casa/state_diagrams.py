"""The page docs/states.md: every state machine of the portal, drawn from the tables in the apps' `states.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import Field, Model, TextChoices
from django.utils import translation

PAGE = Path("docs") / "states.md"
HEAD = """\
# States

Drawn from the `*_MOVES` tables in each app's `states.py` by `./run manage states`; do not edit it by hand. Only services
move a row from one state to another (`core.states.move`), and every move that is not in a table is refused.
"""


@dataclass(frozen=True)
class Machine:
    """The states of one model and the moves between them; `begins` is the state of a new row."""

    table: str
    model: type[Model]
    begins: str
    states: type[TextChoices]
    moves: dict[TextChoices, set[TextChoices]]

    def next_states(self, state: TextChoices) -> list[TextChoices]:
        """The states that may follow one, in the order in which they are declared."""
        return [target for target in self.states if target in self.moves.get(state, ())]


class TableWithoutModel(Exception):
    """A table of moves whose states no model of its app has."""


def own_apps() -> list[AppConfig]:
    """The apps of this repository, in the order in which they are installed."""
    return [config for config in apps.get_app_configs() if Path(config.path).parent == Path(settings.ROOT)]


def machines() -> Iterator[Machine]:
    """Every state machine, app by app. Raises TableWithoutModel where a table belongs to no model."""
    for config in own_apps():
        if find_spec(f"{config.name}.states") is None:
            continue
        module = import_module(f"{config.name}.states")
        for name, moves in vars(module).items():
            if name.endswith("_MOVES"):
                states = type(next(iter(moves)))
                field = _field_of(config, states)
                if field is None:
                    raise TableWithoutModel(f"{config.name}.states.{name}")
                yield Machine(f"{config.name}.states.{name}", field.model, str(field.default), states, moves)


def page() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        drawn = list(machines())
        parts = [HEAD, _contents(drawn), *(_section(machine) for machine in drawn)]
        return "\n".join([*parts, _without_table({machine.model for machine in drawn})])


def _state_fields(config: AppConfig) -> Iterator[Field]:
    """The `state` fields of an app that begin with a state; a copy kept in a history has no default."""
    for model in config.get_models():
        for field in model._meta.local_fields:
            if field.name == "state" and field.choices and field.has_default():
                yield field


def _field_of(config: AppConfig, states: type[TextChoices]) -> Field | None:
    return next((field for field in _state_fields(config) if _values(field) == states.values), None)


def _values(field: Field) -> list[str]:
    return [str(value) for value, _label in field.flatchoices]


def _title(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def _contents(drawn: list[Machine]) -> str:
    return "".join(f"- [{_title(one.model)}](#{_title(one.model).lower().replace('.', '')})\n" for one in drawn)


def _section(machine: Machine) -> str:
    lines = [f"## {_title(machine.model)}", "", f"`{machine.table}`", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {state.value}' for state in machine.states]
    lines.append(f"    [*] --> {machine.begins}")
    for state in machine.states:
        following = machine.next_states(state)
        lines += [f"    {state.value} --> {target.value}" for target in following]
        if not following:
            lines.append(f"    {state.value} --> [*]")
    lines += ["```", "", "| state | what people read | next |", "|---|---|---|"]
    for state in machine.states:
        names = ", ".join(f"`{target.value}`" for target in machine.next_states(state))
        lines.append(f"| `{state.value}` | {state.label} | {names or 'none: it ends here'} |")
    return "\n".join([*lines, ""])


def _without_table(drawn: set[type[Model]]) -> str:
    lines = [
        "## Without a table of moves",
        "",
        "Here any state may follow any other, or the code that writes it decides.",
    ]
    lines += ["", "| model | states |", "|---|---|"]
    for config in own_apps():
        for field in _state_fields(config):
            if field.model not in drawn:
                words = ", ".join(f"`{value}` {label}" for value, label in field.flatchoices)
                lines.append(f"| {_title(field.model)} | {words} |")
    return "\n".join([*lines, ""])

"""What does not meet the project's rules yet, in not_yet.toml: the lists only grow shorter."""

import os
import tomllib
from pathlib import Path

LISTS = Path(__file__).with_name("not_yet.toml")


def check_only_shrinks(name, found):
    """Fail for what is found and not listed, and for what is listed and not found any more.

    With CASA_PRUNE=1 the latter is taken off the list instead.
    """
    lists = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    found, listed = set(found), set(lists.get(name, ()))
    if os.environ.get("CASA_PRUNE") == "1" and listed - found:
        lists[name] = sorted(listed & found)
        text = (
            f"{key} = [\n" + "".join(f'    "{row}",\n' for row in rows) + "]\n" for key, rows in lists.items() if rows
        )
        LISTS.write_text("\n".join(text), encoding="utf-8")
        listed &= found
    assert {"new": found - listed, "gone": listed - found} == {"new": set(), "gone": set()}

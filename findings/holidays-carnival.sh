#!/usr/bin/env bash
# holidays 0.109 (PyPI): asked for a country's public holidays, it knows neither Carnival nor Holy Week for Uruguay,
# nor Carnival for Brazil, though offices, courts and congress are closed there on those days. It has them in the
# categories `bank` (Uruguay) and `optional` (Brazil), which nobody gets who does not name them; Argentina, Bolivia,
# Ecuador, Panama and Venezuela have Carnival among the public ones. So a warning "somebody has a holiday on this day"
# that is built from the default call is silent about the two weeks of the year when no meeting works in Montevideo.
#
# Expected before running: Monday 16 February 2026 (Carnival) is a holiday of both countries by the default call.
# Seen:
#   UY default: none of 2026-02-16, 2026-02-17, 2026-04-02, 2026-04-03
#   UY bank:    2026-02-16 2026-02-17 2026-04-02 2026-04-03
#   BR default: 2026-04-03
#   BR optional adds: 2026-02-16 2026-02-17
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
"$folder/venv/bin/python" - <<'PY'
import datetime

import holidays

DAYS = [datetime.date(2026, 2, 16), datetime.date(2026, 2, 17), datetime.date(2026, 4, 2), datetime.date(2026, 4, 3)]


def known(code, *categories):
    found = holidays.country_holidays(code, years=2026, **({"categories": categories} if categories else {}))
    return [str(day) for day in DAYS if day in found]


seen = {
    "UY default": known("UY"), "UY bank": known("UY", "bank"),
    "BR default": known("BR"), "BR optional": known("BR", "optional"),
}
for name, days in seen.items():
    print(f"{name}: {' '.join(days) or 'none'}")
assert seen["UY default"] == [], "the default call knows them now"
assert seen["UY bank"] == [str(day) for day in DAYS]
assert seen["BR default"] == ["2026-04-03"]
assert {"2026-02-16", "2026-02-17"} <= set(seen["BR optional"])
PY

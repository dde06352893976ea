#!/usr/bin/env bash
# Babel 2.18.0 (PyPI): get_timezone_location tells readers of Latin American Spanish, on any day of the year, that
# Colombia and Uruguay are on summer time. Colombia has had none since 1993, Uruguay none since 2015. Plain Spanish is
# right; es_419 and all that inherit from it (es_CO, es_MX, es_UY) are not, and neither is fr_CA beside fr. CLDR gives
# a region three patterns (plain, standard, daylight); the regional locales write down only those in which they
# differ, and Locale.zone_formats["region"] is then the daylight one instead of the inherited plain one.
#
# Expected before running: "hora de Colombia" in every Spanish, the most specific locale being the best choice.
# Seen:
#   es      America/Bogota      hora de Colombia
#   es_419  America/Bogota      hora de verano de Colombia
#   es_CO   America/Bogota      hora de verano de Colombia
#   es_UY   America/Montevideo  hora de verano de Uruguay
#   fr_CA   America/Bogota      Colombie (heure avancée)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.18.0
"$folder/venv/bin/python" - <<'PY'
from babel.dates import get_timezone_location

SEEN = {
    ("es", "America/Bogota"): "hora de Colombia",
    ("es_419", "America/Bogota"): "hora de verano de Colombia",
    ("es_CO", "America/Bogota"): "hora de verano de Colombia",
    ("es_UY", "America/Montevideo"): "hora de verano de Uruguay",
    ("fr_CA", "America/Bogota"): "Colombie (heure avancée)",
}
found = {key: get_timezone_location(key[1], locale=key[0]) for key in SEEN}
for (locale, zone), words in found.items():
    print(f"{locale:7} {zone:19} {words}")
assert found == SEEN, "it says something else now"
PY

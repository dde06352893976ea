#!/bin/sh
# Prints the Python to use: the project's own if it runs, else the first 3.11 or newer on PATH that really
# does (version managers leave shims that exist and fail). Usage: find_python.sh PROJECT_FOLDER
set -u

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1; }
say() { printf 'casa: %s\n' "$1" >&2; exit 1; }

if [ -n "${PYTHON:-}" ]; then
    new_enough "$PYTHON" || say "PYTHON=$PYTHON is not a Python 3.11 or newer that runs."
    printf '%s\n' "$PYTHON"
    exit 0
fi

own="$1/.venv/bin/python"
if [ -x "$own" ] && new_enough "$own"; then
    printf '%s\n' "$own"
    exit 0
fi

# A Python that can make a venv is better than the first one; with uv either will do, and ground.py says what is missing.
second=
for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
    new_enough "$name" || continue
    if makes_venvs "$name"; then
        printf '%s\n' "$name"
        exit 0
    fi
    [ -n "$second" ] || second=$name
done
[ -n "$second" ] || say "Python 3.11 or newer is needed and none was found on PATH. Install it (Debian, Ubuntu: apt install python3 python3-venv) or say where it is: PYTHON=/path/to/python3 ./run"
printf '%s\n' "$second"

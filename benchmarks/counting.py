"""The count beside two public libraries: who is elected in sixty real wards, how long it takes, how it grows.

The libraries are not dependencies of Casa and stand in no lock. Install them by hand beside a Python of 3.11:

    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install votelib==0.4.0 pyrankvote==2.0.6
    /tmp/bench/bin/python benchmarks/counting.py --wards ../shared/data/stv-scotland-2017

Without them it says so and counts alone. Reading files is not timed; each library gets its ballots in its own form,
made beforehand, and making it is timed apart. Each checks ballots in another place: pyrankvote while it makes them, Casa
while it counts, votelib nowhere; so Casa's check is timed once more by itself, and three comparisons are
printed. Times are the best of `--repeat` rounds for each ward, summed.
"""

import argparse
import gc
import importlib.metadata
import json
import os
import platform
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from elections.counting import core
from elections.counting.blt import parse


def casa_of(candidates, seats, papers):
    rules = {"method": core.SCOTTISH, "seats": seats, "candidates": candidates}
    ballots = [{"weight": weight, "preferences": preferences} for weight, preferences in papers]
    return lambda: core.count(rules, ballots)["elected"]


def votelib_of(candidates, seats, papers):
    from votelib.evaluate.sequential import TransferableVoteSelector

    votes = {}
    for weight, preferences in papers:
        votes[preferences] = votes.get(preferences, 0) + weight
    votes.pop((), None)
    return lambda: TransferableVoteSelector(quota_function="droop", transferer="Gregory").evaluate(votes, seats)


def pyrankvote_of(candidates, seats, papers):
    import pyrankvote

    people = [pyrankvote.Candidate(str(n)) for n in range(1, candidates + 1)]
    ballots = [
        pyrankvote.Ballot([people[n - 1] for n in preferences]) for weight, preferences in papers for _ in range(weight)
    ]
    return lambda: [
        int(p.name) for p in pyrankvote.single_transferable_vote(people, ballots, seats).get_winners()
    ]  # fmt: skip


def checking(candidates, seats, papers):
    """What Casa does first while it counts: read every ballot and say which are valid."""
    rules = {"method": core.SCOTTISH, "seats": seats, "candidates": candidates}
    ballots = [{"weight": weight, "preferences": preferences} for weight, preferences in papers]
    return lambda: core.read_ballots(rules, ballots)[0]


COUNTERS = {"casa": casa_of, "votelib": votelib_of, "pyrankvote": pyrankvote_of}


def version(name):
    """The version installed, "" for none."""
    try:
        return "this tree" if name == "casa" else importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def timed(act):
    gc.collect()
    start = time.perf_counter()
    try:
        found = act()
    except Exception as error:  # a library's crash is a finding, not our failure
        found = [type(error).__name__]
    return time.perf_counter() - start, found


def wards(folder, names, repeat):
    official = json.loads((folder / "official-results.json").read_text(encoding="utf-8"))
    files = {ward: parse((folder / f"{ward}.blt").read_bytes()) for ward in official}
    print(f"\n{len(files)} wards, {sum(w for f in files.values() for w, _p in f[3]):,} papers")
    best, checks = {}, 0.0
    for candidates, seats, _withdrawn, papers, _names, _title in files.values():
        act = checking(candidates, seats, papers)
        checks += min(timed(act)[0] for _round in range(repeat))
    for name in names:
        right, total, making = 0, 0.0, 0.0
        for ward, (candidates, seats, _withdrawn, papers, _names, _title) in files.items():
            made, act = timed(lambda form=(candidates, seats, papers), name=name: COUNTERS[name](*form))
            making += made
            times, found = [], []
            for _round in range(repeat):
                took, found = timed(act)
                times.append(took)
            total += min(times)
            agreed = sorted(found, key=str) == sorted(official[ward]["winners"], key=str)
            right += agreed
            if not agreed:
                print(f"  {name}: {ward}: {found} for {official[ward]['winners']}")
        checked = total - checks if name == "casa" else total
        best[name] = total, checked, total + making
        each = 1000 / len(files)
        print(
            f"{name:11} right {right} of {len(files)}   count {total:7.3f} s, {each * total:6.2f} ms a ward"
            f"   making its ballots {making:7.3f} s, {each * making:6.2f} ms a ward"
        )
    print(f"of Casa's count, checking the ballots takes {each * checks:.2f} ms a ward")
    if len(best) > 1:
        kinds = (
            "counting, ours with its checks",
            "counting ballots already checked",
            "from the lines of the file to the winners",
        )
        for place, what in enumerate(kinds):
            least, who = min((t[place], n) for n, t in best.items() if n != "casa")
            print(f"{what}: Casa is {least / best['casa'][place]:.1f} times as fast as {who}, the faster other")


def made_up(size, candidates=10, seed=1):
    """Ballots one by one, none grouped: of each length, with some candidates preferred."""
    chance = random.Random(seed)  # noqa: S311 - ballots made up the same way each time
    pull = [1 / n for n in range(1, candidates + 1)]
    for _ in range(size):
        order = sorted(range(candidates), key=lambda i: chance.random() ** (1 / pull[i]), reverse=True)
        yield 1, tuple(i + 1 for i in order[: chance.randint(1, candidates)])


def growth(names, sizes, library_limit):
    print("\ngrowth: 10 candidates, 3 seats, ballots one by one (none grouped beforehand)")
    for size in sizes:
        papers = list(made_up(size))
        for name in names:
            if name == "casa" or size <= library_limit:
                took, found = timed(COUNTERS[name](10, 3, papers))
                print(f"{size:9,} ballots  {name:11} {took:8.3f} s  {1e6 * took / size:7.2f} µs a ballot  {found}")
        rules = {"method": core.MEEK, "seats": 3, "candidates": 10}
        ballots = [{"preferences": preferences} for _one, preferences in papers]
        took, found = timed(lambda rules=rules, ballots=ballots: core.count(rules, ballots)["elected"])
        print(f"{size:9,} ballots  Casa, Meek  {took:8.3f} s  {1e6 * took / size:7.2f} µs a ballot  {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wards", type=Path, default=Path("../shared/data/stv-scotland-2017"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**3, 10**4, 10**5, 10**6])
    parser.add_argument("--library-limit", type=int, default=10**4, help="more ballots only for Casa")
    given = parser.parse_args()
    names = [name for name in COUNTERS if version(name)]
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    print(", ".join(f"{name} {version(name) or 'not installed'}" for name in COUNTERS))
    if given.wards.exists():
        wards(given.wards, names, given.repeat)
    growth(names, given.sizes, given.library_limit)


if __name__ == "__main__":
    main()

"""Whether every page reads as before: the demonstration by every role, in three languages, from two revisions.

    .venv/bin/python benchmarks/rendered.py REVISION [OTHER] [--words FILE] [--keep FOLDER]
    .venv/bin/python benchmarks/rendered.py REVISION --render FOLDER

REVISION and OTHER are each a revision of Git, a checkout (a folder with `manage.py`; it is rendered in place), or a
folder that `--render` left. OTHER is the checkout of this file where it is left out. So, to render the revision before
the work once and compare with it often:

    .venv/bin/python benchmarks/rendered.py v1.0 --render /tmp/before
    .venv/bin/python benchmarks/rendered.py /tmp/before --words words.txt --keep /tmp/now

Each side is rendered by its own code (`rendering.py`): a fresh SQLite database, the record and the demonstration, at
one stopped moment and with seeded chance. A visitor and one account of each role open every link they find, and the
routes to which no link leads with the arguments that other addresses have; every mail of the outbox is written too.
Compared are status, kind or target, and the body: HTML folded (`folding.py`: white space, order of attributes, end tags
left out), other texts as they are, of PDFs (only the visitor opens them) the number of pages. Tokens, signatures,
digests and UUIDs are folded away. What is sent by POST is not tried.

What differs is printed as `old => new`, once for all pages, with the number of pages and one of them; figures in it
count as alike (`#`). `--words` names a file of such lines. Each is a whole fragment or a part of one: a fragment is
allowed where replacing some of what stands left by what stands right makes the new one of the old. Figures may be `#`,
a space at an edge `␣`; lines without ` => ` are comments. `--write FILE` writes all that differs in this form, to be
read and then listed. A page's address (as printed after `only before:`) may be listed in the same way. A space that
stands on the other side of an inline tag, as at the end of a link, is counted, and is a difference only with
`--strict`. The command ends with 0 where nothing differs but what may, else with 1. `--keep FOLDER` leaves what was
rendered in FOLDER/before and FOLDER/after, to look at with `diff -ru`.

One side takes about four minutes of two idle cores; `--people visitor,coordinacion` compares less, in one.
"""

import argparse
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEOPLE = (
    "visitor,coordinacion,responsable.lactld,delegado.isoc,suplente.lacnic,editora.lacnog,integrante.redclara,"
    "administracion"
)
AT = "2026-09-15T15:00:00Z"
MARK, UNFINISHED = "rendered.txt", "rendering.txt"
TAG = re.compile(r"(<[^>]*>)")
ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
SPACES = re.compile(" +")
#: Nothing that is read: a space within an inline element instead of beside it, say at the end of a link.
MOVED = ("a space on one side of an inline tag", "on the other")
EDGE, LONGEST = "␣", 240


def render(checkout, out, jobs, options):
    """Start rendering a checkout into a folder; returns (process, folder of its data)."""
    data = Path(tempfile.mkdtemp(prefix="casa-rendered-"))
    python = checkout / ".venv/bin/python"
    settings = re.search(r'DJANGO_SETTINGS_MODULE", "([\w.]+)"', (checkout / "manage.py").read_text())[1]
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    environ |= {
        "CASA_DATA": str(data), "CASA_DEMO": "1", "CASA_PLAIN_STATIC": "1", "CASA_KEEPS_PAGES": "0",
        "SECRET_KEY": "rendered twice, compared once, and kept nowhere", "PYTHONHASHSEED": "0", "TZ": "UTC",
        "LC_ALL": "C.UTF-8", "DJANGO_SETTINGS_MODULE": settings, "PYTHONWARNINGS": "ignore",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [str(python) if python.exists() else sys.executable, str(HERE / "rendering.py")]
    command += [str(out), str(data), options.at, str(jobs), str(options.bound), options.people]
    return subprocess.Popen(command, cwd=checkout, env=environ, start_new_session=True), data


def checkout_of(name, temporary):
    """The folder of a checkout or of pages rendered before; a worktree is made for a revision."""
    folder = Path(name).resolve()
    if folder.is_dir() and ((folder / MARK).is_file() or (folder / "manage.py").is_file()):
        return folder
    tree = temporary / f"tree-{len(list(temporary.iterdir()))}"
    subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree), name], cwd=HERE, check=True)
    return tree


def empty(folder):
    """A folder with nothing in it; never one whose content is not of this command."""
    if folder.is_dir() and any(folder.iterdir()):
        if not any((folder / name).is_file() for name in (MARK, UNFINISHED)):
            sys.exit(f"{folder} holds something else; name another folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).touch()


def pages_of(names, folders, options):
    """Render what is not rendered yet; two sides at once, one side with all the jobs."""
    with tempfile.TemporaryDirectory(prefix="casa-trees-") as made:
        running, made = [], Path(made)
        try:
            found = [checkout_of(name, made) for name in names]
            todo = [place for place, folder in enumerate(found) if not (folder / MARK).is_file()]
            for place in todo:
                empty(folders[place])
                running.append(render(found[place], folders[place], max(1, options.jobs // len(todo)), options))
            failed = [process.wait() for process, _data in running]
            if any(failed):
                sys.exit("rendering failed; see above")
            for place in todo:
                facts = f"{names[place]}\n{options.at} {options.people} {options.bound}\n"
                (folders[place] / UNFINISHED).write_text(facts)
                (folders[place] / UNFINISHED).rename(folders[place] / MARK)
            return [folders[place] if place in todo else found[place] for place in range(len(found))]
        finally:
            for process, data in running:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)
                    process.wait()
                shutil.rmtree(data, ignore_errors=True)
            for tree in made.iterdir():
                subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=HERE, check=False)


def figureless(*parts):
    return tuple(re.sub(r"\d+", "#", part) for part in parts)


class Words:
    """What may differ: pairs of old and new words."""

    def __init__(self, path):
        lines = [f" {line} " for line in Path(path).read_text().splitlines() if " => " in f" {line} "] if path else []
        pairs = [[part.strip().replace(EDGE, " ") for part in line.split(" => ", 1)] for line in lines]
        self.whole, self.news, self.known = {tuple(pair) for pair in pairs}, defaultdict(list), {}
        for old, new in pairs:
            if old:
                self.news[old].append(new)
        olds = sorted(self.news, key=len, reverse=True)
        self.any = re.compile("|".join(map(re.escape, olds))) if olds else None

    def allow(self, old, new):
        """Whether the new fragment is the old one with some listed words in the place of theirs."""
        if (old, new) not in self.known:
            ways, figures = {(old, new)}, [re.findall(r"\d+", part) for part in (old, new)]
            if figures[0] == figures[1]:
                ways.add(figureless(old, new))
            self.known[old, new] = any(way in self.whole or self.changed(*way) for way in ways)
        return self.known[old, new]

    def changed(self, old, new):
        if not self.any:
            return False
        pattern, place = "", 0
        for found in self.any.finditer(old):
            ways = "|".join(re.escape(word) for word in (found[0], *self.news[found[0]]))
            pattern += f"{re.escape(old[place : found.start()])}(?:{ways})"
            place = found.end()
        return re.fullmatch(pattern + re.escape(old[place:]), new) is not None


def hunks(old, new):
    """(old part, new part) where two lists differ."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield old[a:b], new[c:d]


def fragments(old, new):
    """[(old, new)] that tell two pages apart, each as short as it is still understood."""
    for before, after in hunks(old.split("\n"), new.split("\n")):
        if len(before) != len(after):
            yield "⏎".join(before), "⏎".join(after)
            continue
        for line, other in zip(before, after, strict=True):
            if line != other and _seen(line) == _seen(other):
                yield MOVED
                continue
            for was, now in hunks([part for part in TAG.split(line) if part], [p for p in TAG.split(other) if p]):
                if len(was) != len(now):
                    yield "".join(was), "".join(now)
                    continue
                for part, changed in zip(was, now, strict=True):
                    if part != changed:
                        yield _attributes(part, changed) if part[0] == changed[0] == "<" else (part, changed)


def _seen(line):
    """A line's tags, and its text without them."""
    return TAG.findall(line), SPACES.sub(" ", TAG.sub("", line))


def _attributes(was, now):
    """Of two tags of one name only what differs."""
    name, before, after = was[1:-1].split(" ")[0], dict(ATTRIBUTE.findall(was)), dict(ATTRIBUTE.findall(now))
    if name != now[1:-1].split(" ")[0]:
        return was, now
    written = [
        "".join(f' {key}="{one[key]}"' for key in sorted(one) if before.get(key) != after.get(key))
        for one in (before, after)
    ]
    return f"<{name}{written[0]}>", f"<{name}{written[1]}>"


def read(folder, options):
    """{address: text} of a rendered folder, of the mails and the people asked for."""
    if options.at not in (folder / MARK).read_text():
        sys.exit(f"{folder} was rendered at another moment: {(folder / MARK).read_text()}")
    paths = [path for part in ("mail", *options.people.split(",")) for path in (folder / part).rglob("*.txt")]
    return {str(path.relative_to(folder)): path.read_text() for path in paths if path.is_file()}


def compare(before, after, words, options):
    """Print what differs; True where nothing does but what may."""
    old, new = read(before, options), read(after, options)
    gone, added = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    # An address that changed by listed words only is the same page.
    for path in list(gone):
        match = next((other for other in added if words.allow(path, other)), None)
        if match:
            old[match] = old.pop(path)
            gone.remove(path)
            added.remove(match)
    found, differing, allowed, moved, cache = defaultdict(list), set(), set(), set(), {}
    for path in sorted(old.keys() & new.keys()):
        if old[path] == new[path]:
            continue
        key = old[path], new[path]
        if key not in cache:
            cache[key] = list(dict.fromkeys(fragments(*key)))
        for pair in cache[key]:
            if words.allow(*pair) or (pair == MOVED and not options.strict):
                allowed.add(path)
                moved |= {path} if pair == MOVED else set()
                continue
            differing.add(path)
            shown = figureless(*pair)
            found[pair if shown[0] == shown[1] else shown].append(path)
    for title, paths in (("before", gone), ("after", added)):
        for path in paths[: options.lines]:
            print(f"only {title}: {path}")
    ways = sorted(found.items(), key=lambda item: -len(set(item[1])))
    for pair, paths in ways[: options.lines]:
        print(f"{len(set(paths)):>6}  {_line([part[:LONGEST] for part in pair])}\n        {paths[0]}")
    if options.write:
        Path(options.write).write_text("".join(f"{_line(pair)}\n" for pair, _paths in ways))
    print(
        f"{len(old.keys() & new.keys())} pages compared; {len(gone)} only before, {len(added)} only after; "
        f"{len(differing)} differ in {len(found)} ways; {len(allowed - differing)} differ only in what may; "
        f"in {len(moved)} a space stands on the other side of an inline tag"
    )
    return not (gone or added or found)


def _line(pair):
    """As it may stand in the file of words; spaces at the edges are seen."""
    return " => ".join(re.sub(r"^ +| +$", lambda found: EDGE * len(found[0]), part) for part in pair)


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("revision", help="a revision, a checkout or a folder rendered before")
    asked.add_argument("other", nargs="?", default=str(HERE.parent), help="the same; this checkout where left out")
    asked.add_argument("--words", help="a file of lines `old => new`: what may differ")
    asked.add_argument("--render", metavar="FOLDER", help="only render the revision, into this folder")
    asked.add_argument("--keep", metavar="FOLDER", help="leave what is rendered in FOLDER/before and FOLDER/after")
    asked.add_argument("--write", metavar="FILE", help="write all that differs as `--words` reads it, to be read first")
    asked.add_argument("--strict", action="store_true", help="a space on the other side of an inline tag differs, too")
    asked.add_argument("--people", default=PEOPLE, help="`visitor` and accounts of the demonstration, by commas")
    asked.add_argument("--at", default=AT, help="the moment at which all of it happens")
    asked.add_argument("--bound", type=int, default=3000, help="addresses that one reader opens in one language")
    asked.add_argument("--jobs", type=int, default=2, help="processes at a time")
    asked.add_argument("--lines", type=int, default=200, help="how many differences are printed")
    options = asked.parse_args()
    began = time.monotonic()
    if options.render:
        pages_of([options.revision], [Path(options.render).resolve()], options)
        return 0
    words = Words(options.words)
    with tempfile.TemporaryDirectory(prefix="casa-pages-") as temporary:
        folder = Path(options.keep or temporary).resolve()
        folders = [folder / "before", folder / "after"]
        same = compare(*pages_of([options.revision, options.other], folders, options), words, options)
    print(f"{time.monotonic() - began:.0f} seconds")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())

"""The program: its JSON, its exit codes, and a sentence for each thing wrong in a file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from elections.counting.__main__ import main
from elections.counting.blt import Malformed, dump, parse

ROOT = Path(__file__).resolve().parents[2]
FILE = """4 2
3 1 2 0
3 2 0
2 3 0
2 4 1 0
0
"Demo Ána"
"Demo Beto"
"Demo Caro"
"Demo Dani"
"Demo election"
"""


@pytest.fixture
def run(tmp_path, capsys):
    def program(*arguments, text=FILE, method="scottish-stv"):
        path = tmp_path / "a.blt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["--method", method, *arguments, str(path)])
        written = capsys.readouterr()
        return code, written.out, written.err

    return program


def test_one_object_of_json(run):
    code, out, wrong = run("--lot-order", "1,2,3,4")
    output = json.loads(out)
    assert (code, wrong, out.count("\n"), out.endswith("}\n")) == (0, "", 1, True)
    assert out == json.dumps(output, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert (output["method"], output["seats"], output["quota"], output["elected"]) == (
        "scottish-stv",
        2,
        "4.00000",
        [1, 2],
    )
    assert [stage["action"] for stage in output["stages"]] == ["first", "exclude", "surplus", "exclude"]
    assert output["stages"][1]["lots"] == [[3, 4]] and output["stages"][1]["totals"]["4"] == "0.00000"


def test_a_lot_is_needed(run):
    assert run()[:2] == (3, '{"error":"lot-needed","stage":2,"tied":[3,4]}\n')
    assert run("--seed", "ab")[0] == 0


@pytest.mark.parametrize(("method", "elected"), [("plurality", [2, 1]), ("approval", [2, 1]), ("meek", [1, 2])])
def test_the_other_methods(run, method, elected):
    code, out, _wrong = run("--lot-order", "1,2,3,4", method=method)
    assert (code, json.loads(out)["elected"], json.loads(out)["method"]) == (0, elected, method)


def test_groups(run, tmp_path):
    groups = tmp_path / "groups.json"
    groups.write_text('{"cap": 1, "groups": {"A": [1, 2]}}')
    code, out, _wrong = run("--groups", str(groups), "--lot-order", "1,2,3,4")
    assert (code, json.loads(out)["elected"], json.loads(out)["unconstrained"]) == (0, [1, 3], [1, 2])
    for text in (
        "{",
        "[]",
        '{"cap": 1, "groups": {"A": [9]}}',
        '{"cap": 1, "groups": {"A": 1}}',
        '{"cap": 1, "groups": {"A": [1], "B": [1]}}',
        '{"cap": -1, "groups": {}}',
        '{"cap": 1, "groups": {}, "sitting": {"A": "x"}}',
    ):
        groups.write_text(text)
        code, out, wrong = run("--groups", str(groups))
        assert (code, out, wrong.count("\n"), "Traceback" in wrong) == (2, "", 1, False)


@pytest.mark.parametrize("text", ["1,1", "9", "a", "1, 2", "", "0"])
def test_a_lot_order_is_candidates_once_each(run, text):
    code, out, wrong = run("--lot-order", text)
    assert (code, out) == (2, "") and "--lot-order" in wrong


def test_no_such_file_and_no_such_seed(run, tmp_path):
    assert run("--seed", "xyz")[0] == 2
    line = [sys.executable, "-m", "elections.counting", "--method", "meek", str(tmp_path / "none.blt")]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2 and b"none.blt" in done.stderr and b"Traceback" not in done.stderr


def test_byte_order_mark_crlf_withdrawn_and_blank_ballots_are_accepted(run):
    text = "\ufeff" + FILE.replace("4 2\n", "4 2\n-4\n").replace("2 3 0", "2 3 0\n1 0").replace("\n", "\r\n")
    code, out, _wrong = run(text=text)
    output = json.loads(out)
    assert (code, output["valid"], output["blank"], output["stages"][0]["totals"]["4"]) == (0, 10, 1, "0.00000")
    assert output["stages"][0]["totals"]["1"] == "5.00000"
    assert parse(text.encode())[2:3] == ([4],)


@pytest.mark.parametrize(
    ("line", "old", "new", "why"),
    [
        (1, "4 2", "4", "two numbers"),
        (1, "4 2", "4 2 1", "two numbers"),
        (1, "4 2", "0 2", "at least one"),
        (1, "4 2", "4 two", "whole number"),
        (1, "4 2", "4,2", "two numbers"),
        (1, "4 2", "4 -2", "whole number"),
        (2, "3 1 2 0", "3 1,2 0", "commas"),
        (2, "3 1 2 0", "3 1=2 0", "equal"),
        (2, "3 1 2 0", "3 1 1 0", "twice"),
        (2, "3 1 2 0", "3 1 5 0", "1 to 4"),
        (2, "3 1 2 0", "3 1 2", "ends with 0"),
        (2, "3 1 2 0", "3", "ends with 0"),
        (2, "3 1 2 0", "0 1 2 0", "at least 1"),
        (2, "3 1 2 0", "3 1 0 2 0", "only at the end"),
        (2, "3 1 2 0", "1.5 1 2 0", "whole number"),
        (2, "3 1 2 0", "3 x 0", "whole number"),
        (2, "3 1 2 0", "", "empty"),
        (2, "3 1 2 0", "3 ٣ 0", "whole number"),
        (2, "3 1 2 0", "-9", "1 to 4"),
        (2, "3 1 2 0", "-0", "withdrawn"),
        (2, "3 1 2 0", "-1 -1", "twice"),
        (2, "3 1 2 0", "-1 2", "withdrawn"),
        (4, "2 3 0", "-3", "whole number"),
        (6, '0\n"', '"', "whole number"),
        (7, '"Demo Ána"', '"Demo', "quote"),
        (11, '"Demo Dani"\n', "", "title"),
        (12, '"Demo election"', '"Demo election"\n"More"', "nothing follows"),
        (8, '"Demo Beto"', "", "empty"),
    ],
)
def test_each_malformation_has_its_sentence(run, line, old, new, why):
    assert old in FILE
    code, out, wrong = run(text=FILE.replace(old, new, 1))
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert wrong.startswith(f"line {line}: ") and why in wrong, wrong


@pytest.mark.parametrize(
    ("line", "data", "why"),
    [
        (1, b"", "two numbers"),
        (7, FILE.encode("latin-1"), "UTF-8"),
        (3, b"2 1\n1 1 0", "missing"),
        (2, b"2 1\n1" + b"9" * 5000 + b" 1 0\n0\na\nb\nt", "whole number"),
        (4, b"2 1\n1 1 0\n0\n", "2 names"),
        (1, b"\x00\x01", "two numbers"),
    ],
)
def test_files_that_are_no_files(run, line, data, why):
    code, _out, wrong = run(text=data)
    assert code == 2 and wrong.startswith(f"line {line}: ") and why in wrong, wrong


def test_what_is_written_is_read():
    ballots = [(2, (1, 3)), (1, ())]
    text = dump(3, 2, [2], ballots, ["Demo “A”", 'Demo "B"', "C\nD"], "Title")
    assert parse(text.encode()) == (3, 2, [2], ballots, ["Demo “A”", "Demo 'B'", "C D"], "Title")
    assert parse(text.replace('"Title"', "Title").encode()).title == "Title", "a name needs no quotes"
    with pytest.raises(Malformed):
        parse(text.replace("2 1 3 0", "2 1 3").encode())


def test_started_as_a_program_it_prints_the_same(run, tmp_path):
    code, out, wrong = run("--seed", "ab")
    line = [sys.executable, "-m", "elections.counting", "--method", "scottish-stv", "--seed", "ab"]
    done = subprocess.run(
        [*line, str(tmp_path / "a.blt")], cwd=ROOT, capture_output=True, env={"PATH": ""}, check=False
    )
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (code, out, wrong) == (0, out, "")


def test_a_bare_python_imports_it():
    line = [
        sys.executable,
        "-S",
        "-c",
        "import sys; import elections.counting.__main__; print('django' in sys.modules)",
    ]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"False\n"

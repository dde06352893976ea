"""`./run` and `./test`: what they find, what they refuse in one line, and that nothing outlives them."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from supervisor import bootstrap, processes

ROOT = bootstrap.ROOT
FIND = ROOT / "supervisor" / "find_python.sh"

BROKEN_SHIM = "echo 'shim: command not found' >&2; exit 127"
TOO_OLD = "exit 1"
WITHOUT_VENV = 'case "$2" in *version_info*) exit 0;; *) exit 1;; esac'
GOOD = "exit 0"


@pytest.fixture
def find_python(tmp_path):
    """`find_python({"python3": "script"}, PYTHON=…)`: what is chosen when PATH holds these and nothing else."""

    def find(scripts, own=None, **environ):
        shims = tmp_path / "bin"
        shims.mkdir()
        for name, body in scripts.items():
            (shims / name).write_text(f"#!/bin/sh\n{body}\n")
            (shims / name).chmod(0o755)
        if own:
            (tmp_path / ".venv" / "bin").mkdir(parents=True)
            (tmp_path / ".venv" / "bin" / "python").write_text(f"#!/bin/sh\n{own}\n")
            (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
        return subprocess.run(
            ["/bin/sh", FIND, tmp_path], env={"PATH": str(shims), **environ}, capture_output=True, text=True
        )

    return find


def test_a_shim_that_exists_and_fails_is_passed_over(find_python):
    found = find_python({"python3": BROKEN_SHIM, "python3.13": TOO_OLD, "python3.12": GOOD})
    assert (found.returncode, found.stdout) == (0, "python3.12\n")


def test_a_python_that_can_make_environments_is_better_than_the_first(find_python):
    found = find_python({"python3": WITHOUT_VENV, "python3.11": GOOD})
    assert found.stdout == "python3.11\n"


def test_a_python_without_venv_is_taken_when_there_is_no_other(find_python):
    assert find_python({"python3": WITHOUT_VENV}).stdout == "python3\n"


def test_the_environment_s_own_python_comes_first(find_python, tmp_path):
    assert find_python({"python3": GOOD}, own=GOOD).stdout == f"{tmp_path}/.venv/bin/python\n"


def test_an_environment_whose_python_is_gone_is_passed_over(find_python):
    assert find_python({"python3": GOOD}, own=BROKEN_SHIM).stdout == "python3\n"


def test_no_python_is_one_clear_line(find_python):
    found = find_python({"python3": TOO_OLD})
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in found.stderr


def test_a_chosen_python_that_is_too_old_is_refused(find_python, tmp_path):
    found = find_python({"old": TOO_OLD, "python3": GOOD}, PYTHON="old")
    assert (found.returncode, found.stdout) == (1, "")
    assert "PYTHON=old" in found.stderr


@pytest.fixture
def checkout(tmp_path):
    """A folder with locks and an environment that was made whole for `./run`."""
    (tmp_path / "requirements.lock").write_text("django==1\n")
    (tmp_path / "requirements-dev.lock").write_text("pytest==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    bootstrap.own_python(tmp_path).symlink_to(sys.executable)
    bootstrap.stamp_file("run", tmp_path).write_text(bootstrap.fingerprint("run", bootstrap.this_version(), tmp_path))
    return tmp_path


def test_a_stamped_environment_is_used_as_it_is(checkout):
    assert bootstrap.is_ready("run", bootstrap.this_version(), checkout)
    assert not bootstrap.is_ready("test", bootstrap.this_version(), checkout)


def test_a_changed_lock_is_installed_into_the_same_environment(checkout):
    (checkout / "requirements.lock").write_text("django==2\n")
    assert not bootstrap.is_ready("run", bootstrap.this_version(), checkout)
    assert not bootstrap.must_remake(bootstrap.this_version(), checkout)


def test_a_change_of_the_tests_requirements_leaves_run_alone(checkout):
    (checkout / "requirements-dev.lock").write_text("pytest==2\n")
    assert bootstrap.is_ready("run", bootstrap.this_version(), checkout)


def test_another_python_means_another_environment(checkout):
    assert not bootstrap.is_ready("run", "CPython 3.99.0", checkout)
    assert bootstrap.must_remake("CPython 3.99.0", checkout)


def test_a_half_made_environment_is_made_again(checkout):
    bootstrap.stamp_file("run", checkout).unlink()
    assert bootstrap.must_remake(bootstrap.this_version(), checkout)


def test_a_missing_venv_module_says_what_to_install(tmp_path):
    bare = tmp_path / "python3"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    held = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(bootstrap.Missing, match="apt install python3-venv"):
            bootstrap.make_venv(bare, None, held)
    finally:
        os.close(held)


def test_a_data_folder_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(bootstrap.Missing, match="cannot be written") as refusal:
        bootstrap.data_folder({"CASA_DATA": "file/data"}, tmp_path)
    assert "\n" not in str(refusal.value)


def test_a_relative_data_folder_counts_from_where_the_command_was_typed(tmp_path):
    assert bootstrap.data_folder({"CASA_DATA": "mine"}, tmp_path) == tmp_path.resolve() / "mine"


@pytest.mark.parametrize(
    ("asked", "begun", "demo"),
    [(None, None, True), (None, True, True), (None, False, False), ("0", None, False), ("0", True, False)],
)
def test_the_demonstration_is_chosen_at_the_first_start(asked, begun, demo):
    environ = {} if asked is None else {"CASA_DEMO": asked}
    assert bootstrap.demo_choice(environ, {} if begun is None else {"demo": begun}) is demo


def test_a_portal_of_real_people_never_becomes_a_demonstration():
    with pytest.raises(bootstrap.Missing, match="begun without the demonstration"):
        bootstrap.demo_choice({"CASA_DEMO": "1"}, {"demo": False})


def test_what_is_remembered_is_kept_for_each_database(tmp_path):
    other = bootstrap.database_key({"DATABASE_URL": "postgres://u:secret@h/n"})
    bootstrap.remember_choices(tmp_path, "embedded", demo=True, loaded=False)
    bootstrap.remember_choices(tmp_path, other, demo=False)
    bootstrap.remember_choices(tmp_path, "embedded", loaded=True)
    assert bootstrap.read_choices(tmp_path) == {"embedded": {"demo": True, "loaded": True}, other: {"demo": False}}
    assert "secret" not in (tmp_path / "portal.json").read_text()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "８０００", "80 80"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(processes.CannotStart, match="not a port number"):
        processes.wanted_port({"PORT": port})


def test_a_taken_port_is_one_clear_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(processes.CannotStart, match="is taken") as refusal:
            processes.wanted_port({"PORT": str(other.getsockname()[1])})
    assert "\n" not in str(refusal.value)


def test_help_and_unknown_words():
    done = subprocess.run([ROOT / "run", "--help"], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0
    assert "PORT" in done.stdout
    done = subprocess.run([ROOT / "run", "fly"], capture_output=True, text=True, cwd="/")
    assert done.returncode == 1
    assert done.stderr == "casa: ./run does not know “fly”. ./run --help tells what it knows.\n"


# The supervisor with stand-ins: a web that answers, a worker with a process of its own, a beat.

DRIVER = """
import os, sys
sys.path.insert(0, sys.argv[1])
import processes
web = ["http.server", os.environ["PORT"], "--bind", "127.0.0.1", "--directory", os.environ["CASA_DATA"]]
todo = {"preparation": ["stand_in", "0"], "web": web, "worker": ["stand_in", "2"], "beat": ["stand_in", "1"]}
try:
    sys.exit(processes.main(dict(os.environ), todo))
except processes.CannotStart as refusal:
    sys.exit(str(refusal))
"""
STAND_IN = """
import os, sys, time
if sys.argv[1] == "2":
    os.fork()
if sys.argv[1] != "0":
    time.sleep(600)
"""


@pytest.fixture
def open_portal(tmp_path):
    """`open_portal()` opens a portal of stand-ins and returns its supervisor and the numbers of its processes.

    Every process inherits the supervisor's output, so the output ends only when the last of them has.
    """
    (tmp_path / "driver.py").write_text(DRIVER)
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    (tmp_path / "health").mkdir()
    (tmp_path / "health" / "index.html").write_text("well")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "PORT": str(port), "CASA_DATA": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    started = []

    def open_one():
        supervisor = subprocess.Popen(
            [sys.executable, tmp_path / "driver.py", FIND.parent],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(supervisor)
        for line in supervisor.stdout:
            if "Ctrl-C closes it" in line:
                break
        children = json.loads((tmp_path / "run.json").read_text())["children"]
        return supervisor, {name: pid for name, (pid, _) in children.items()}

    yield open_one
    for supervisor in started:
        supervisor.kill()
        supervisor.stdout.close()
        supervisor.wait()


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_when_one_process_is_killed_nothing_is_left(open_portal, name):
    supervisor, pids = open_portal()
    os.kill(pids[name], signal.SIGKILL)
    output, _ = supervisor.communicate(timeout=20)
    assert f"{name} was killed (signal 9); everything is closed." in output
    assert supervisor.returncode == 1


def test_when_the_supervisor_is_killed_nothing_is_left_and_the_portal_opens_again(open_portal):
    supervisor, pids = open_portal()
    supervisor.kill()
    supervisor.communicate(timeout=20)
    supervisor, again = open_portal()
    assert set(again) == {"web", "worker", "beat"}
    assert set(again.values()).isdisjoint(pids.values())
    supervisor.send_signal(signal.SIGINT)
    supervisor.communicate(timeout=20)
    assert supervisor.returncode == 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_close_it_leaves_nothing(open_portal, signum):
    supervisor, _ = open_portal()
    supervisor.send_signal(signum)
    output, _ = supervisor.communicate(timeout=20)
    assert (output.strip(), supervisor.returncode) == ("Closing …", 0)


def test_a_portal_that_is_open_is_not_opened_twice(open_portal, tmp_path):
    supervisor, _ = open_portal()
    with pytest.raises(processes.CannotStart, match=f"already open .*process {supervisor.pid}"):
        processes.hold(tmp_path)


def sleeper():
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)


def test_what_an_earlier_start_left_is_cleared_only_if_it_is_ours(tmp_path):
    ours, strange = sleeper(), sleeper()
    try:
        pids = {"worker": [ours.pid, processes.identity(ours.pid)], "beat": [strange.pid, "long ago, something else"]}
        (tmp_path / "run.json").write_text(json.dumps({"children": pids}))
        assert processes.clear_stale(tmp_path / "run.json", grace=0.1) == ["worker"]
        assert ours.wait(5) == -signal.SIGTERM
        assert strange.poll() is None
    finally:
        for process in (ours, strange):
            process.kill()
            process.wait()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"children": {"web": 3}}', '{"children": {"web": ["x", "y"]}}'])
def test_a_spoilt_pid_file_stops_nobody(tmp_path, content):
    (tmp_path / "run.json").write_text(content)
    assert processes.clear_stale(tmp_path / "run.json") == []

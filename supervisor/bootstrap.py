"""What `./run` and `./test` begin with: an environment in `.venv` that fits the lock, a data folder that can be written.

Started by path with any Python 3.11 or newer, before anything is installed: standard library only.
"""

import fcntl
import hashlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"run": ["requirements.lock"], "test": ["requirements.lock", "requirements-dev.lock"]}
# A lock names all there is to install. Were pip to resolve what a package asks for besides, one asking for
# another with an extra ("coverage[toml]") would send it to the newest release, which no lock can hold.
WHOLE = ["--require-hashes", "--no-deps"]

HELP = """\
./run                    set up what is missing and open the portal; Ctrl-C closes it
./run manage COMMAND     a management command in the same environment, e.g. ./run manage first_admin you@example.org
./run --help             this text
./test [PYTEST ARGUMENTS]  run the tests
./test --check [NAME …]   run the checks alone

Environment:
  PORT=8000              where it listens, on this machine only
  CASA_DATA=var          database, mail, uploads, queue and secret
  CASA_DEMO=0            begin an empty portal, without the small demonstration year (chosen at the first start)
  DATABASE_URL           postgres://user:password@host/name instead of the file database
  REDIS_URL              redis://host:6379/0 instead of the queue in files
  PYTHON                 the Python to use, 3.11 or newer
More in .env.example and README.md."""


class Missing(Exception):
    """Something the machine lacks; the message is one line that says what to do."""


def database_key(environ):
    """A name for the database in use, without its password; the same data folder may serve several."""
    url = environ.get("DATABASE_URL", "")
    return "embedded" if not url else hashlib.sha256(url.encode()).hexdigest()[:16]


def read_choices(data):
    """What is remembered about each database: `{key: {"demo": bool, "loaded": bool}}`."""
    try:
        return json.loads((data / "portal.json").read_text())
    except (FileNotFoundError, ValueError):
        return {}


def remember_choices(data, key, **facts):
    """Add facts about one database, whole or not at all."""
    choices = read_choices(data)
    choices[key] = {**choices.get(key, {}), **facts}
    draft = data / "portal.json.new"
    draft.write_text(json.dumps(choices, indent=1))
    draft.replace(data / "portal.json")


def data_folder(environ, cwd):
    """The data folder, made and tried; a relative CASA_DATA counts from where the command was typed."""
    given = environ.get("CASA_DATA")
    data = (Path(cwd) / Path(given).expanduser()).resolve() if given else ROOT / "var"
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise Missing(
            f"the data folder {data} cannot be written ({error.strerror}). "
            "Give yourself the right to it, or choose another: CASA_DATA=/path ./run"
        ) from error
    return data


def demo_choice(environ, remembered):
    """Whether this portal has the demonstration: chosen at its first start, remembered afterwards.

    A portal begun without it never gets it by accident: its people are real.
    """
    begun = remembered.get("demo")
    wanted_demo = environ.get("CASA_DEMO")
    if wanted_demo is None:
        return begun is not False
    wanted = wanted_demo.strip().lower() not in ("", "0", "no", "off", "false")
    if wanted and begun is False:
        raise Missing(
            "this portal was begun without the demonstration and may hold real people. "
            "For a demonstration choose another folder: CASA_DATA=/path CASA_DEMO=1 ./run"
        )
    return wanted


def fingerprint(kind, version, root=ROOT):
    """What `.venv` must have been made from to be used as it is."""
    digest = hashlib.sha256(version.encode())
    for name in LOCKS[kind]:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def this_version():
    return f"{platform.python_implementation()} {platform.python_version()}"


def version_of(python):
    """The full version of a Python that runs, as `this_version` writes it, else None."""
    try:
        output = subprocess.run(
            [python, "-c", "import platform; print(platform.python_implementation(), platform.python_version())"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return output.stdout.strip()


def own_python(root=ROOT):
    return root / ".venv" / "bin" / "python"


def stamp_file(kind, root=ROOT):
    return root / ".venv" / f".stamp-{kind}"


def is_ready(kind, version, root=ROOT):
    """True when `.venv` was made whole, for these locks, by this version of Python."""
    stamp = stamp_file(kind, root)
    return stamp.is_file() and stamp.read_text() == fingerprint(kind, version, root)


def must_remake(version, root=ROOT):
    """True when `.venv` cannot be brought up to date in place: absent, half made, or of another Python."""
    if not any(stamp_file(kind, root).is_file() for kind in LOCKS):
        return True
    return version_of(own_python(root)) != version


def working_uv():
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return uv
    return None


def call(command, held):
    """Run a step of the set-up; its words are shown only if it fails. It inherits the lock: should this
    process be killed, nobody else touches `.venv` before the step has ended."""
    step = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=[held],
    )
    try:
        output, _ = step.communicate()
    except BaseException:
        step.terminate()
        step.wait()
        raise
    return step.returncode, output


def make_venv(base, uv, held):
    venv = ROOT / ".venv"
    if uv and call([uv, "venv", "--quiet", "--clear", "--python", base, venv], held)[0] == 0:
        return
    code, _ = call([base, "-c", "import ensurepip, venv"], held)
    if code:
        raise Missing(
            "this Python cannot make virtual environments (no ensurepip). On Debian or Ubuntu: "
            "apt install python3-venv. Or install uv."
        )
    code, output = call([base, "-m", "venv", "--clear", venv], held)
    if code:
        raise Missing(f"could not make {venv}: {last_line(output)}")


def install(kind, uv, held):
    lock = ROOT / LOCKS[kind][-1]
    python = own_python()
    if uv:
        code, _ = call([uv, "pip", "install", "--quiet", "--python", python, *WHOLE, "-r", lock], held)
        if code == 0:
            return
    if call([python, "-m", "pip", "--version"], held)[0]:
        call([python, "-m", "ensurepip"], held)
    options = ["--quiet", "--no-input", "--no-compile", "--disable-pip-version-check", *WHOLE]
    code, output = call([python, "-m", "pip", "install", *options, "-r", lock], held)
    if code:
        print(output, file=sys.stderr)
        raise Missing(f"could not install {lock.name} (see above). Is the package index reachable?")


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def prepare_venv(kind):
    """Bring `.venv` to what the lock says; takes no time when it already is."""
    version = this_version()
    if is_ready(kind, version) and own_python().exists():
        return
    held = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("Another set-up of this folder is under way; waiting for it …", flush=True)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        if is_ready(kind, version) and own_python().exists():
            return
        if not os.access(ROOT, os.W_OK):
            raise Missing(f"{ROOT} cannot be written: the environment .venv is made there.")
        print("Setting up .venv (only after a change of requirements; a minute at most) …", flush=True)
        uv = working_uv()
        if must_remake(version):
            make_venv(getattr(sys, "_base_executable", None) or sys.executable, uv, held)
        for other in LOCKS:
            stamp_file(other).unlink(missing_ok=True)
            # Unstamped while it changes: an interruption here means it is made anew.
        install(kind, uv, held)
        stamp_file("run").write_text(fingerprint("run", version))
        if kind == "test":
            stamp_file("test").write_text(fingerprint("test", version))
    finally:
        os.close(held)


def interrupted(signum, frame):
    raise KeyboardInterrupt


def main(kind, arguments, environ, cwd):
    if kind == "run" and arguments[:1] in (["--help"], ["-h"], ["help"]):
        print(HELP)
        return 0
    if kind == "run" and arguments and arguments[0] != "manage":
        raise Missing(f"./run does not know “{arguments[0]}”. ./run --help tells what it knows.")
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGHUP, interrupted)
    environ = {**environ, "DJANGO_SETTINGS_MODULE": environ.get("DJANGO_SETTINGS_MODULE") or "casa.settings"}
    if kind == "run":
        data = data_folder(environ, cwd)
        demo = demo_choice(environ, read_choices(data).get(database_key(environ), {}))
        environ |= {"CASA_DATA": str(data), "CASA_DEMO": "1" if demo else "0"}
    prepare_venv(kind)
    os.chdir(ROOT)
    here = Path(__file__).parent
    script = {"run": here / "processes.py", "test": here / "suite.py"}[kind]
    if kind == "run" and arguments:
        script, arguments = ROOT / "manage.py", arguments[1:]
    sys.stdout.flush()
    return os.execve(own_python(), [str(own_python()), str(script), *arguments], environ)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:], dict(os.environ), os.getcwd()))
    except Missing as missing:
        sys.exit(f"casa: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)

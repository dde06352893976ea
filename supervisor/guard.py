"""Runs one module of the portal in such a way that it cannot outlive the supervisor.

Usage: guard.py FD MODULE [ARGUMENTS]. FD is the reading end of a pipe whose only writing end the supervisor
holds: it closes when the supervisor disappears, however that came about (kill -9 included), on any system.
Standard library only.
"""

import os
import runpy
import signal
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRACE = 5


def leave_when_alone(fd, grace=GRACE):
    """Wait for the end of the pipe, then ask this process and those it started to stop, then end them."""
    while os.read(fd, 1):
        pass
    signal_all(signal.SIGTERM)
    time.sleep(grace)
    signal_all(signal.SIGKILL)


def signal_all(signum):
    """To the whole group where this process leads one, as it does under the supervisor."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signum)
    else:
        os.kill(os.getpid(), signum)


def main(fd, module, arguments):
    threading.Thread(target=leave_when_alone, args=(int(fd),), daemon=True).start()
    sys.path[0] = str(ROOT)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])

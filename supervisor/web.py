"""Gunicorn's settings, for `./run` and the container alike."""

import os
import signal

# Two processes need a database that takes several writers and a cache they share (rate limits live in it).
several = os.environ.get("DATABASE_URL", "").startswith("postgres") and bool(os.environ.get("REDIS_URL"))

bind = f"{os.environ.get('CASA_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2 if several else 1
threads = 4 if several else 8
# With several processes, kept connections pin clients to one of them: 62 instead of 140 requests a second.
keepalive = 0 if several else 2
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def child_exit(server, worker):
    """Under `./run` nothing is started again in silence: the web goes, and the supervisor closes the rest."""
    if os.environ.get("CASA_SUPERVISED"):
        os.kill(server.pid, signal.SIGTERM)

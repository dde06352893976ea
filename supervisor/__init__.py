"""What `./run` and `./test` stand on: the environment, and the processes that keep one another company.

`bootstrap.py`, `processes.py`, `guard.py`, `suite.py` and `gate.py` are started by path, before or without Django, and
so use the standard library only and do not import one another.
"""

"""One outbox for all mail: rows are the truth, the broker only nudges.

A service writes a message in its own transaction (`services.enqueue`), with a key that makes it unique. The drain
claims a row by a conditional UPDATE, sends outside any transaction, and finishes only the row it still holds.
What remains is one possible double per sender killed between the server's 250 and the commit (measured, see
docs/decisions/0004-outbox.md).
"""

"""What is read of priorities beside their own pages: what changed between submissions, who works on what, the balance
of a year."""

from priorities.documents.balance import Balance, read_balance
from priorities.documents.changes import Change, Names, changes
from priorities.documents.matrix import Matrix, Only, read_matrix
from priorities.documents.running import running

__all__ = ["Balance", "Change", "Matrix", "Names", "Only", "changes", "read_balance", "read_matrix", "running"]

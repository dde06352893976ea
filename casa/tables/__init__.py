"""Every list of the portal as a table: what a reader may see, with column names that do not change (docs/csv.md)."""

from casa.tables.places import TABLES as PLACES
from casa.tables.plans import TABLES as PLANS
from casa.tables.table import Table, lines

TABLES = {table.name: table for table in (*PLANS, *PLACES)}

__all__ = ["TABLES", "Table", "lines"]

"""Acts on meetings. Each is one transaction: lock, check, change, journal, mail."""

"""The loader of the real record: the files in `record/` become rows. See record/README.md for what they hold.

It writes models directly, states too, since what it loads happened before this portal existed and passed through
none of its services. Every row keeps the key it has in the files (casa.models.LoadedEntry).
"""

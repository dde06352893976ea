"""Pages that join several floors: one file per kind of page."""

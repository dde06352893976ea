"""Pages that join several apps: one file per kind of page."""

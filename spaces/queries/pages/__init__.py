"""One module a page: what it shows, decided in Python."""

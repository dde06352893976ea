"""What the heavy pages show, decided here and not in their templates: one read object a page, one module a noun."""

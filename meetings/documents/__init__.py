"""Calendar entries and printable forms."""

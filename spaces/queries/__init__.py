"""What pages of spaces and editions show, decided before they are drawn."""

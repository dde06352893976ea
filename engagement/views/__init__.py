"""Entrances: reading, and the staff forms about visits, training and regulation."""

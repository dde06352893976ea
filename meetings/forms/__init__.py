"""Input becomes clean data, with messages beside the field; nothing is changed here."""

"""What every app builds on. No noun of the domain is in here."""

"""The ground: what every floor stands on. No noun of the domain lives here."""

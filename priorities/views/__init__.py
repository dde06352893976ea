"""Entrances: reading, the coordination team's cycle, an organisation's own plan, projects, threats, reviews."""

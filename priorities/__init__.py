"""The year's plan: cycles, plans, priorities."""

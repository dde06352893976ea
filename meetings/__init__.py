"""Annual, coordination, bilateral, with policymakers: agenda, attendance, decisions, outcome."""

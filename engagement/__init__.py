"""Policymakers, visits, training, regulation."""

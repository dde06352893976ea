"""Reusable reads, one file per noun; each model has its own queryset as its manager."""

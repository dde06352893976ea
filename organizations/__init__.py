"""Organisations, people and mandates: who speaks for whom, from when until when."""

"""Formats where Django's differ from how this region reads dates: the day first, in every language."""

"""Catalogues of the interface, maintained without system gettext.

`extract.py` finds the sentences, `catalogues.py` reads, writes and compiles, `pending.py` takes in
translations written beside the code, `checks.py` says what is missing or wrong.
"""

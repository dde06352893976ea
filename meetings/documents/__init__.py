"""What of meetings is read elsewhere than on their pages: calendar entries, the agenda with its times, dates in words,
the communiqué."""

from meetings.documents.communique import columns, press_text, side_by_side, signatures
from meetings.documents.meetings import entries, entry_of, option_words, programme, when_words
from meetings.documents.polls import read_poll

__all__ = [
    "columns",
    "entries",
    "entry_of",
    "option_words",
    "press_text",
    "programme",
    "read_poll",
    "side_by_side",
    "signatures",
    "when_words",
]

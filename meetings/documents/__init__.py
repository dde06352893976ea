"""What of meetings is read elsewhere than on their pages: calendar entries, the agenda with its times, dates in words."""

from meetings.documents.meetings import entries, entry_of, option_words, programme, when_words
from meetings.documents.polls import read_poll

__all__ = ["entries", "entry_of", "option_words", "programme", "read_poll", "when_words"]

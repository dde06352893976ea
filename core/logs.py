"""What a log line may not carry: the secret part of an address."""

import logging
import re

#: Tokens of personal links, signed feeds and mail stops, and whatever else is long enough to be one.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_:=-]{32,}(?=[/.?\s\"']|$)")


def without_secrets(line: str) -> str:
    """The line with every long opaque part of an address replaced."""
    return _SECRET.sub("…", line)


class NoSecrets(logging.Filter):
    """Takes tokens out of what is logged, such as `Not Found: /es/calendars/<token>.ics`; drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        clean = without_secrets(line)
        if clean != line:
            record.msg, record.args = clean, ()
        return True

"""People who can read a communiqué before it is published."""

import datetime

from accounts.queries import find_link
from meetings.emails import EMBARGO_LINK
from meetings.models import Communique, EmbargoReader


def reader_by_link(communique: Communique, token: str, now: datetime.datetime) -> EmbargoReader | None:
    """The reader to whom a valid link belongs, or None. It stays valid after publication, which its page then says."""
    link = find_link(token, EMBARGO_LINK, now)
    if link is None or link.code != communique.meeting.code:
        return None
    return communique.readers.filter(address=link.address, revoked_at=None).first()

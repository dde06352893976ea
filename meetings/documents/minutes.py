"""The minutes as a text file."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from core.text import shown
from meetings.models import Minutes


def minutes_markdown(minutes: Minutes, sections: Iterable[tuple[str, str]]) -> str:
    """CommonMark of the sections given, (title, body) each, with the address of the minutes at the head."""
    lines = [f"# {_('Minutes')}: {minutes.meeting.code} {shown(minutes.meeting, 'title').value}", ""]
    lines += [f"{minutes.get_state_display().capitalize()} · {settings.CASA_ORIGIN}{minutes.get_absolute_url()}", ""]
    for title, body in sections:
        lines += [f"## {' '.join(title.split())}", "", body, ""]
    return "\n".join(lines).strip() + "\n"

"""What a reminder says: what is due, by when there and where its reader is, one link, why, and how to stop."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.services import issue_links, stop_page
from commons.services import ACTION_LINK, ACTION_LINK_DAYS
from core import clock
from core.outbox.services import message
from core.records.services import CODE
from core.templatetags.casa import instant_words
from core.text import shown
from reminders.states import mail_kind

log = logging.getLogger(__name__)
TEMPLATES = {
    "priorities.plan": "plan",
    "meetings.meeting": "meeting",
    "meetings.poll": "poll",
    "meetings.sign_off": "sign_off",
    "commons.action": "action",
    "priorities.milestone": "milestone",
    "edition_deadline": "edition_deadline",
    "elections.nomination": "nomination",
    "elections.vote": "vote",
    "elections.office": "office",
    "committees.term": "term",
}


def build(slots, now, not_before):
    """Rows for the outbox. A recipient for whom it cannot be written is logged and stops nobody else."""
    acting = [slot for slot in slots if slot.due.kind == "commons.action"]
    links = issue_links(ACTION_LINK, {(s.due.code, s.recipient.address) for s in acting}, now, ACTION_LINK_DAYS)
    rows = []
    for slot in slots:
        try:
            rows.append(_row(slot, links.get((slot.due.code, slot.recipient.address)), now, not_before(slot, now)))
        except Exception:
            log.exception("no reminder written for %s", slot.key)
    return rows


def _row(slot, token, now, at):
    due, to = slot.due, slot.recipient
    kind = mail_kind(due.kind)
    with translation.override(to.language):
        stop = stop_page(to.address, kind)
        context = due.about | _words(due, to, token) | {"stop": stop, "is_late": slot.days > 0, "name": to.name}
    return message(
        key=slot.key, kind=kind, code=due.code[:40], address=to.address, language=to.language,
        template=f"mail/reminders/{TEMPLATES[due.kind]}", context=context, at=now, not_before=at, stop_address=stop,
    )  # fmt: skip


def _words(due, to, token):
    """What the templates need, in the language in force. A deadline is told as its last minute."""
    is_begin = due.kind in ("meetings.meeting", "meetings.sign_off")
    at = due.at if is_begin else due.at - clock.datetime.timedelta(minutes=1) if due.at.second == 0 else due.at
    there, here = instant_words(at, due.zone), instant_words(at, to.zone)
    same = at.astimezone(clock.zone(due.zone)).utcoffset() == at.astimezone(clock.zone(to.zone)).utcoffset()
    words = {"when": there, "yours": "" if same else here, "page": _page(due, token), "code": due.code}
    for name in ("meeting", "action", "edition", "deadline", "project", "election"):
        if name in due.about:
            words["title"] = shown(due.about[name], "title", to.language).value
    if "edition" in due.about:
        words["edition_title"] = shown(due.about["edition"], "title", to.language).value
    return words


def _page(due, token):
    if token:
        path = reverse("commons:action_by_link", args=[due.code, token])
    elif due.kind == "priorities.plan":
        path = reverse("priorities:plan_mine")
    elif due.kind == "meetings.poll":
        path = reverse("meetings:poll", args=[due.code])
    elif due.kind == "elections.office":
        path = reverse("elections:election_console", args=[due.code])
    elif due.kind == "meetings.sign_off":
        path = reverse("meetings:communique", args=[due.code])
    elif CODE.fullmatch(due.code):
        path = reverse("code", args=[due.code])
    else:
        path = reverse("my_work")
    return settings.CASA_ORIGIN + path

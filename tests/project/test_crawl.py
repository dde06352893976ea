"""Walking the demonstration by its links, as seven people: no link is dead, and no page is left that no link reaches."""

import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User
from tests.project.routes_table import ROUTES

pytestmark = pytest.mark.django_db
PEOPLE = (
    None,
    "coordinacion",
    "delegado.isoc",
    "delegado.lactld",
    "delegada.lacnic",
    "editora.lacnog",
    "administracion",
)
#: How many pages of one route are opened for each person: enough to meet its states, few enough to end.
OPENED = 5
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]*)', re.DOTALL)
FORM = re.compile(r'\b(?:form)?action="([^"]*)"')

#: Reached otherwise than by a link in the demonstration, each with its reason.
ELSEWHERE = {
    "asked for by machines": {"my_calendar", "health", "favicon", "robots", "sitemap", "priorities:cycle_matrix_csv"},
    "written in citations and mails": {
        "code",
        "accounts:invitation_accept",
        "accounts:mail_stop",
        "elections:nomination_link",
        "commons:action_by_link",
        "meetings:invitation_by_link",
        "meetings:poll_by_link",
        "priorities:progress_by_link",
        "meetings:embargo_by_link",
        "meetings:photograph_by_link",
    },
    "steps of signing in": {
        "account_confirm_email",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_inactive",
        "account_reauthenticate",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_set_password",
        "account_signup",
    },
    "in a state that the demonstration has not, tested with its own app": {
        "elections:election_booth",
        "elections:election_draw",
        "elections:election_take_over",
        "elections:election_withdrawal",
        "commons:theme_offer",
        "engagement:session_count",
        "meetings:meeting_begin",
        "meetings:meeting_hold",
        "meetings:minutes_approve",
        "meetings:minutes_restore",
        "meetings:poll_ask",
        "meetings:room",
        "meetings:room_answer",
        "meetings:room_ask",
        "meetings:room_close",
        "meetings:room_decide",
        "meetings:room_now",
        "meetings:room_presence",
        "meetings:room_quorum",
        "meetings:room_item",
        "elections:claim_answer",
        "elections:claim_raise",
        "elections:election_conformity",
        "elections:election_consensus",
        "elections:election_second_round",
        "elections:no_claims",
        "elections:question_answer",
        "elections:question_ask",
        "elections:scrutineer_remove",
        "elections:support_give",
        "elections:paper_begin",
        "elections:papers_enter",
        "elections:roll_correction",
        "elections:correction_answer",
        "elections:elector_present",
        "elections:elector_here",
        "elections:secrecy_request",
        "communique_begin",
        "meetings:communique_publish",
        "meetings:embargo_revoke",
        "meetings:photograph",
        "meetings:photograph_remove",
        "meetings:guest_release",
        "meetings:meeting_publish",
        "priorities:draft_end",
        "priorities:cycle_edit",
        "priorities:cycle_questions",
        "priorities:draft_continue",
        "priorities:draft_move",
        "priorities:merge_answer",
        "priorities:plan_discard",
        "priorities:plan_offer",
        "priorities:plan_submit",
    },
}


@pytest.fixture
def demonstration(settings):
    settings.CASA_DEMO = True
    call_command("load_record", verbosity=0)
    call_command("load_demo", verbosity=0)


def name_of(address):
    try:
        return resolve(address.split("?")[0]).view_name
    except Resolver404:
        return None


def walk(client):
    """({names of routes that were reached}, [links that do not lead to a page])."""
    todo, seen, opened, reached, dead = ["/es/"], {"/es/"}, Counter(), set(), []
    while todo:
        address = todo.pop(0)
        name = name_of(address)
        if name is None:
            dead.append((404, address))
            continue
        reached.add(name)
        if opened[name] >= OPENED:
            continue
        opened[name] += 1
        answer = client.get(address)
        if answer.status_code not in (200, 302):
            dead.append((answer.status_code, address))
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        reached |= {name_of(form.replace("&amp;", "&")) for form in FORM.findall(page)}
        for link in LINK.findall(page):
            link = link.replace("&amp;", "&")
            link = address.split("?")[0] + link if link.startswith("?") else link
            if re.match(r"/(?!/|static/|pt/|en/)", link) and link not in seen:
                seen.add(link)
                todo.append(link)
    return reached, dead


def test_every_link_leads_to_a_page_and_every_page_has_a_link(demonstration):
    reached, dead = {"demo_sign_in", "demo_mailbox"}, {}
    for who in PEOPLE:
        client = Client()
        if who:
            client.force_login(User.objects.get(email=f"{who}@demo.example"))
        names, wrong = walk(client)
        reached |= names
        dead |= {address: (status, who) for status, address in wrong}
    assert not dead
    elsewhere = set().union(*ELSEWHERE.values())
    unreached = sorted(name for name in ROUTES if name not in reached | elsewhere)
    assert not unreached, f"no link leads to {unreached}"
    assert elsewhere <= set(ROUTES), "no longer a route"

"""Who may walk through which route: the table that test_routes holds against the house.

Each line: route name, its arguments in the world of the test, who may GET it, who may POST it. `None` is a door that
nobody finds (405 or 404). A route that is missing here fails the suite.
"""

PERSONAS = ("visitor", "outsider", "editor", "delegate", "lead", "coordination", "administrator")
ALL = frozenset(PERSONAS)
SIGNED_IN = ALL - {"visitor"}
COMMUNITY = frozenset({"outsider", "editor", "delegate", "lead", "coordination"})
WRITERS = frozenset({"editor", "delegate", "lead"})
SPEAKERS = frozenset({"delegate", "lead"})
COORDINATION = frozenset({"coordination"})
ADMINISTRATORS = frozenset({"administrator"})
KEEPERS = COORDINATION | ADMINISTRATORS
LEADERS = frozenset({"lead", "coordination"})

NOTHING = ()


def page(name, *args, get=ALL, post=None):
    return name, (args, get, post)


def form(name, *args, who):
    """A page with a form: the same people see and send it."""
    return name, (args, who, who)


def act(name, *args, who):
    """A button: POST only."""
    return name, (args, None, who)


#: Arguments starting with @ are looked up in the world, e.g. "@meeting.code".
ROUTES = dict(
    [
        # The roof.
        page("health"),
        page("sitemap"),
        page("robots"),
        page("favicon"),
        page("code", "@meeting.code"),
        page("home"),
        page("year_list"),
        page("year", 2026),
        page("thread", "@decision.code"),
        page("about"),
        page("follow"),
        page("search"),
        page("calendar"),
        page("feed"),
        page("my_work", get=SIGNED_IN),
        form("demo_sign_in", who=ALL),
        page("demo_mailbox"),
        # Accounts. allauth answers a signed-in person at its sign-in pages with a redirect.
        form("account_login", who=ALL),
        form("account_logout", who=ALL),
        page("account_inactive"),
        form("account_signup", who=ALL),
        form("account_reauthenticate", who=SIGNED_IN),
        form("account_email", who=SIGNED_IN),
        page("account_email_verification_sent"),
        form("account_change_password", who=SIGNED_IN),
        form("account_set_password", who=SIGNED_IN),
        form("account_reset_password", who=ALL),
        page("account_reset_password_done"),
        form("account_reset_password_from_key", "1", "set-password", who=ALL),
        page("account_reset_password_from_key_done"),
        form("account_request_login_code", who=ALL),
        form("account_confirm_login_code", who=ALL),
        form("account_confirm_email", "x:y:z", who=ALL),
        form("accounts:invitation_accept", "no-such-token", who=ALL),
        form("accounts:mail_stop", "no-such-token", who=ALL),
        form("accounts:preferences", who=SIGNED_IN),
        # Organisations.
        page("organizations:organization_list"),
        page("organizations:organization_detail", "@organization.slug"),
        page("organizations:house_roles", get=KEEPERS),
        form("organizations:house_role_name", who=ADMINISTRATORS),
        page("organizations:mandate_list", "@organization.slug", get=LEADERS | ADMINISTRATORS),
        form("organizations:mandate_name", "@organization.slug", who=LEADERS),
        act("organizations:mandate_end", "@mandate.pk", who=LEADERS),
        # Actions, themes.
        page("commons:action_list", get=COMMUNITY),
        page("commons:action_detail", "@action.code"),
        form("commons:action_report", "@action.code", who=WRITERS | COORDINATION),
        form("commons:action_by_link", "@action.code", "no-such-token", who=ALL),
        page("commons:theme_list", get=KEEPERS),
        form("commons:theme_add", who=ADMINISTRATORS),
        form("commons:theme_rename", "@theme.slug", who=ADMINISTRATORS),
        act("commons:theme_retire", "@theme.slug", who=ADMINISTRATORS),
        act("commons:theme_offer", "@theme.slug", who=ADMINISTRATORS),
        # Spaces.
        page("spaces:space_list"),
        page("spaces:space_detail", "@space.slug"),
        page("space_calendar", "@space.slug"),
        page("spaces:edition_detail", "@edition.code"),
        form("spaces:edition_add", "@space.slug", who=COORDINATION),
        form("spaces:edition_move", "@edition.code", who=COORDINATION),
        act("spaces:edition_state", "@edition.code", who=COORDINATION),
        form("spaces:deadline_add", "@edition.code", who=COORDINATION),
        form("spaces:deadline_extend", "@deadline.pk", who=COORDINATION),
        form("spaces:participation_add", who=WRITERS | {"outsider"}),
        page("spaces:participation_detail", "@part.code"),
        form("spaces:participation_report", "@part.code", who=WRITERS),
        # Meetings.
        page("meetings:meeting_list"),
        page("meetings:meeting_detail", "@meeting.code"),
        page("meetings:meeting_calendar", "@meeting.code"),
        page("meetings:decision_detail", "@decision.code"),
        form("meetings:meeting_create", who=COORDINATION),
        form("meetings:meeting_edit", "@meeting.code", who=COORDINATION),
        form("meetings:meeting_visibility", "@meeting.code", who=COORDINATION),
        form("meetings:meeting_move", "@meeting.code", who=COORDINATION),
        form("meetings:meeting_convene", "@meeting.code", who=COORDINATION),
        act("meetings:meeting_invite", "@meeting.code", who=COORDINATION),
        form("meetings:meeting_cancel", "@meeting.code", who=COORDINATION),
        act("meetings:meeting_begin", "@meeting.code", who=COORDINATION),
        act("meetings:meeting_hold", "@meeting.code", who=COORDINATION),
        form("meetings:meeting_publish", "@meeting.code", who=COORDINATION),
        form("meetings:attendance_record", "@meeting.code", who=COORDINATION),
        page("meetings:agenda", "@meeting.code", get=COORDINATION),
        form("meetings:item_add", "@meeting.code", who=COORDINATION),
        form("meetings:item_edit", "@meeting.code", "@item.pk", who=COORDINATION),
        act("meetings:item_up", "@meeting.code", "@item.pk", who=COORDINATION),
        act("meetings:item_down", "@meeting.code", "@item.pk", who=COORDINATION),
        act("meetings:item_remove", "@meeting.code", "@item.pk", who=COORDINATION),
        form("meetings:decision_record", "@meeting.code", who=COORDINATION),
        form("meetings:decision_edit", "@decision.code", who=COORDINATION),
        form("meetings:decision_state", "@decision.code", who=COORDINATION),
        form("meetings:action_record", "@meeting.code", who=COORDINATION),
        page("meetings:outcome", "@meeting.code", get=COORDINATION),
        form("meetings:outcome_write", "@meeting.code", "es", who=COORDINATION),
        page("meetings:outcome_version", "@meeting.code", "es", 1),
        # Priorities.
        page("priorities:cycle_list"),
        page("priorities:cycle_detail", 2025),
        form("priorities:cycle_create", who=COORDINATION),
        page("priorities:cycle_dashboard", 2026, get=COORDINATION),
        form("priorities:cycle_edit", 2026, who=COORDINATION),
        form("priorities:cycle_extend", 2026, who=COORDINATION),
        form("priorities:cycle_remind", 2026, who=COORDINATION),
        page("priorities:cycle_publish", 2026, get=COORDINATION),
        act("priorities:cycle_move", 2026, "consolidate", who=COORDINATION),
        page("priorities:plan_mine", get=COMMUNITY),
        act("priorities:plan_begin", 2026, "@organization.slug", who=WRITERS),
        page("priorities:plan_detail", "@filed.code"),
        page("priorities:plan_edit", "@plan.code", get=WRITERS),
        form("priorities:draft_add", "@plan.code", who=WRITERS),
        form("priorities:draft_edit", "@plan.code", "@draft.pk", who=WRITERS),
        act("priorities:draft_move", "@plan.code", "@draft.pk", who=WRITERS),
        act("priorities:draft_remove", "@plan.code", "@draft.pk", who=WRITERS),
        act("priorities:draft_continue", "@plan.code", "@priority.code", who=WRITERS),
        act("priorities:plan_submit", "@plan.code", who=SPEAKERS),
        form("priorities:plan_none", "@plan.code", who=SPEAKERS),
        act("priorities:plan_withdraw", "@plan.code", who=SPEAKERS),
        form("priorities:plan_amend", "@plan.code", who=WRITERS),
        act("priorities:plan_discard", "@plan.code", who=WRITERS),
        page("priorities:priority_detail", "@priority.code"),
        # Representation.
        page("committees:representation"),
        page("committees:committee_detail", "@committee.slug"),
        page("committees:election_list"),
        form("committees:election_create", who=COORDINATION),
        page("committees:nomination_link", "no-such-token", post=ALL),
        page("committees:election_detail", "@election.code"),
        page("committees:election_result", "@elected.code"),
        page("committees:election_console", "@election.code", get=COORDINATION),
        act("committees:election_take_over", "@election.code", who=COORDINATION),
        form("committees:election_roll", "@election.code", "@organization.slug", who=COORDINATION),
        form("committees:election_draw", "@election.code", who=COORDINATION),
        form("committees:election_annul", "@election.code", who=COORDINATION),
        act("committees:election_act", "@election.code", "certify", who=COORDINATION),
        form("committees:election_nominate", "@election.code", who=COMMUNITY - COORDINATION),
        form("committees:nomination_answer", "@election.code", "@nomination.pk", who=frozenset({"delegate"})),
        form("committees:election_booth", "@election.code", who=COMMUNITY),
        # Engagement.
        page("engagement:activity_list"),
        page("engagement:activity_detail", "@activity.code"),
        page("engagement:session_detail", "@session.code"),
        page("engagement:programme_detail", "@programme.slug"),
    ]
)

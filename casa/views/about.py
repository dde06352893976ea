"""What this portal is, and how to follow it."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.queries import calendar_tokens
from accounts.services import close_calendar, open_calendar
from casa.forms import CalendarAddressForm
from casa.views.feeds import PERSONAL
from core import clock
from organizations.models import Organization
from organizations.standing import standing_of
from spaces.models import Space


@require_safe
def about(request):
    members = Organization.objects.members_on(clock.today(clock.now(), settings.CASA_ZONE))
    return render(request, "casa/about.html", {"section": "about", "members": members})


@require_safe
def follow(request):
    """Calendars and feeds, so that nobody has to come back to look."""
    spaces = Space.objects.in_order().filter(editions__isnull=False).distinct()
    own = own_calendars(request.user, clock.now()) if request.user.is_authenticated else []
    return render(request, "casa/follow.html", {"section": "about", "spaces": spaces, "own": own})


class OwnCalendar(NamedTuple):
    """A calendar that a person may have: their own, or that of an organisation of theirs."""

    code: str
    name: str
    address: str  # empty until they make one


def own_calendars(user: User, now: datetime.datetime) -> list[OwnCalendar]:
    """The calendars that a person may have, each by a signed address of their own."""
    tokens = calendar_tokens(user, now)
    organizations = Organization.objects.filter(pk__in=standing_of(user, now).organizations).in_order()
    names = [(PERSONAL, _("My calendar"))]
    names += [(row.slug, _("Calendar of %(space)s") % {"space": row.acronym}) for row in organizations]
    return [
        OwnCalendar(
            code,
            name,
            settings.CASA_ORIGIN + reverse("my_calendar", args=[tokens[code]]) if code in tokens else "",
        )
        for code, name in names
    ]


@login_required
@require_POST
def calendar_address(request, code):
    """Make a new address for a calendar of one's own, which ends the former one, or withdraw it."""
    now = clock.now()
    if code not in {calendar.code for calendar in own_calendars(request.user, now)}:
        raise Http404
    form = CalendarAddressForm(request.POST)
    if form.is_valid() and form.cleaned_data["withdraw"]:
        close_calendar(request.user, code, now)
        messages.success(
            request, _("The address has been withdrawn. Programs that use it will no longer find anything.")
        )
    else:
        open_calendar(request.user, code, now)
        messages.success(
            request, _("The address is ready. It is for you alone: anybody who has it can read your calendar.")
        )
    return redirect("follow")

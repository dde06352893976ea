"""What this portal is, and how to follow it."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from organizations.models import Organization
from spaces.models import Space


@require_safe
def about(request):
    members = Organization.objects.members_on(clock.today(clock.now(), settings.HOUSE_ZONE))
    return render(request, "casa/about.html", {"section": "about", "members": members})


@require_safe
def follow(request):
    """Calendars and feeds, so that nobody has to come back to look."""
    spaces = Space.objects.in_order().filter(editions__isnull=False).distinct()
    return render(request, "casa/follow.html", {"section": "about", "spaces": spaces})

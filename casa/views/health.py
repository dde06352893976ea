"""What a machine asks to know whether the portal works."""

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from core import clock, heartbeat


@require_safe
def health(request):
    """200 when the database answers, with the seconds since mail was last drained and reminders last planned
    (null: never yet). Their age is for whoever watches to judge: the pages stand without them."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        ages = heartbeat.ages(clock.now())
    except DatabaseError:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True, "seconds_since": {name: ages.get(name) for name in ("drain", "plan")}})

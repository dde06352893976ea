"""Walking in as a made-up person, and reading the mail they get. Neither page exists outside a demonstration."""

from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from demo import mailbox
from demo.forms import PersonForm
from demo.people import ACCOUNTS
from organizations.models import Organization

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """One button per made-up person. Only accounts of the demonstration: a real one is never entered this way."""
    if request.method == "POST":
        form = PersonForm(request.POST)
        if not form.is_valid():
            return render(request, "demo/sign_in.html", _people() | {"unknown": True}, status=400)
        login(request, form.cleaned_data["person"], backend=BACKEND)
        return redirect("my_work")
    return render(request, "demo/sign_in.html", _people())


def _people():
    there = set(User.objects.filter(email__in=[a.email for a in ACCOUNTS]).values_list("email", flat=True))
    organizations = {row.slug: row for row in Organization.objects.filter(slug__in=[a.organization for a in ACCOUNTS])}
    groups = {}
    for account in ACCOUNTS:
        if account.email in there:
            groups.setdefault(account.role, []).append((account, organizations.get(account.organization)))
    return {"groups": [(role.label, people) for role, people in groups.items()]}


@never_cache
@require_safe
def mails(request):
    """What was sent to made-up people, newest first: sign-in codes, invitations, calls to meetings."""
    to = request.GET.get("to", "")[:254]
    return render(request, "demo/mailbox.html", {"mails": mailbox.newest(to), "to": to})

"""Pages of spaces, editions and deadlines."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from core import clock, countries, permissions, query_params
from core.generic import AboutForm, ActView, ClockMixin, RecordView, StaffForm
from core.records import threads
from core.text import content_language
from organizations.models import Mandate, Organization
from organizations.standing import standing_of
from spaces import forms
from spaces.models import Edition, EditionDeadline, ParticipationAction, Space
from spaces.queries.pages.edition import edition_page
from spaces.services import deadlines, editions, participation
from spaces.states import PARTICIPATION_MOVES, EditionState, ParticipationState, SpaceKind

HEADINGS = {
    SpaceKind.GLOBAL: _("Global"),
    SpaceKind.REGIONAL: _("Regional"),
    SpaceKind.SUBREGIONAL: _("Subregional"),
    SpaceKind.NATIONAL: _("National"),
    SpaceKind.YOUTH: _("Young people"),
    SpaceKind.INTERGOVERNMENTAL: _("Among governments"),
    SpaceKind.TECHNICAL: _("Technical"),
}


def next_and_latest(editions, today):
    """(the nearest edition not over yet, the latest one that is) of a space's editions, oldest first."""
    live = [edition for edition in editions if edition.state != EditionState.CANCELLED]
    ahead = [edition for edition in live if not edition.is_over_on(today)]
    over = [edition for edition in live if edition.is_over_on(today)]
    return (ahead[0] if ahead else None), (over[-1] if over else None)


class SpaceList(ClockMixin, ListView):
    """Every space by kind, with its next and latest edition; filters `?kind=` and `?country=`."""

    template_name = "spaces/space_list.html"
    context_object_name = "spaces"

    def get_queryset(self):
        return Space.objects.visible_to(self.request.user, self.now).in_order().with_editions()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(section="spaces", **kwargs)
        today = clock.today(self.now, settings.CASA_ZONE)
        spaces = list(context["spaces"])
        codes = {space.country for space in spaces if space.country}
        kind = query_params.one_of(self.request.GET, "kind", SpaceKind.values)
        country = query_params.one_of(self.request.GET, "country", codes)
        shown = [space for space in spaces if kind.value in ("", space.kind) and country.value in ("", space.country)]
        for space in shown:
            space.next_edition, space.latest_edition = next_and_latest(space.dated_editions, today)
        groups = [
            (choice, HEADINGS[choice], [space for space in shown if space.kind == choice]) for choice in SpaceKind
        ]
        context["groups"] = [group for group in groups if group[2]]
        context["countries"] = sorted(((code, countries.name(code)) for code in codes), key=lambda pair: pair[1])
        return context | {"kind": kind, "country": country, "kinds": SpaceKind.choices, "count": len(shown)}


class EditionDetail(RecordView):
    """An edition: when, where, its deadlines and how they moved, what it came from and what came of it."""

    model = Edition
    context_object_name = "edition"
    template_name = "spaces/edition_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("space").with_deadlines()

    def get_context_data(self, **kwargs):
        user = self.request.user
        came_from, thread = threads.around(self.object.code, user, self.now)
        return super().get_context_data(
            page=edition_page(self.object, user, self.now),
            came_from=came_from,
            thread=thread,
            section="spaces",
            **kwargs,
        )


class EditionAdd(AboutForm):
    """Announce an edition."""

    model = Space
    lookup = "slug"
    permission_required = "spaces.add_edition"
    form_class = forms.EditionForm
    heading, verb = _("Add an edition"), _("Add the edition")
    done = _("The edition has been recorded.")

    def get_initial(self):
        return {"year": clock.today(self.now, settings.CASA_ZONE).year, "language": content_language()}

    def act(self, form):
        edition = editions.add_edition(self.object, form.plan(), actor=self.request.user, now=self.now)
        return edition.get_absolute_url()


class EditionMove(AboutForm):
    """Change an edition's dates."""

    model = Edition
    permission_required = "spaces.edit_edition"
    form_class = forms.EditionMoveForm
    heading, verb = _("Change the dates"), _("Change the dates")
    lede = _("The previous dates stay on the page, with the day they were changed.")
    done = _("The dates have been changed; the previous ones stay on record.")

    def get_initial(self):
        edition = self.object
        return {"starts_on": edition.starts_on, "ends_on": edition.ends_on, "precision": edition.date_precision}

    def act(self, form):
        editions.move_edition(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class EditionStateChange(ActView):
    """Say that an edition is confirmed, was held, is postponed or cancelled."""

    model = Edition
    permission_required = "spaces.edit_edition"
    done = _("The status of the edition has been recorded.")

    def act(self):
        form = forms.EditionStateForm(self.request.POST)
        state = form.cleaned_data["state"] if form.is_valid() else ""
        editions.set_edition_state(self.object, state, actor=self.request.user, now=self.now)


class DeadlineAdd(AboutForm):
    """Record a deadline of an edition."""

    model = Edition
    permission_required = "spaces.edit_deadline"
    form_class = forms.DeadlineForm
    heading, verb = _("Add a deadline"), _("Add the deadline")
    done = _("The deadline has been recorded.")

    def act(self, form):
        deadlines.add_deadline(self.object, form.plan(), actor=self.request.user, now=self.now)


class DeadlineExtend(AboutForm):
    """Move a deadline."""

    model = EditionDeadline
    lookup = "pk"
    permission_required = "spaces.edit_deadline"
    form_class = forms.DeadlineMoveForm
    heading, verb = _("Extend the deadline"), _("Change the deadline")
    lede = _("The previous day stays on the page. Calendars and feeds update automatically.")
    done = _("The deadline has been changed; the previous day stays on record.")

    def get_queryset(self):
        return super().get_queryset().select_related("edition__space")

    @property
    def about(self):
        return self.object.edition

    def get_initial(self):
        last = self.object.last_minute
        time = last and last.astimezone(clock.zone(self.object.zone)).time()
        return {"day": self.object.day, "time": time, "zone": self.object.zone}

    def act(self, form):
        deadlines.extend_deadline(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class ParticipationDetail(RecordView):
    """Our part in an edition: who, what, its state, its evidence, and where it comes from."""

    model = ParticipationAction
    template_name = "spaces/participation_detail.html"

    def get_queryset(self):
        return super().get_queryset().in_order()

    def get_context_data(self, **kwargs):
        user = self.request.user
        came_from, thread = threads.around(self.object.code, user, self.now)
        return super().get_context_data(
            came_from=came_from,
            thread=thread,
            shows_person=standing_of(user, self.now).is_community,
            section="spaces",
            **kwargs,
        )


class ParticipationAdd(StaffForm):
    """Record our part in an edition; `?edition=` chooses it beforehand."""

    permission_required = "spaces.add_participation"
    form_class = forms.ParticipationForm
    heading, verb = _("Our part in an edition"), _("Record our part")
    back = reverse_lazy("spaces:space_list")
    done = _("Our part has been recorded.")

    def get_form_kwargs(self):
        today, standing = clock.today(self.now, settings.CASA_ZONE), standing_of(self.request.user, self.now)
        own = standing.writes_for & standing.member_of
        mandates = Mandate.objects.on(today).filter(organization__in=own).select_related("person")
        people = {}
        for mandate in mandates.order_by("person__name"):
            group = people.setdefault(mandate.organization_id, [])
            if mandate.person not in group:
                group.append(mandate.person)
        open_editions = Edition.objects.visible_to(self.request.user, self.now).exclude(state=EditionState.CANCELLED)
        return super().get_form_kwargs() | {
            "editions": open_editions.select_related("space").newest_first(),
            "organizations": Organization.objects.filter(pk__in=own).in_order(),
            "people": people,
            "speaks": bool(standing.speaks_for & own),
        }

    def get_initial(self):
        return super().get_initial() | {"edition": self.request.GET.get("edition", "")[:24]}

    def act(self, form):
        row = participation.record_participation(
            form.cleaned_data["edition"],
            form.cleaned_data["organization"],
            form.part(),
            state=form.cleaned_data["state"],
            came_from=form.cleaned_data["came_from"],
            actor=self.request.user,
            now=self.now,
        )
        return row.get_absolute_url()


class ParticipationReport(AboutForm):
    """Commit to our part, say that it is done, or that it is not continued."""

    model = ParticipationAction
    permission_required = "spaces.report_participation"
    form_class = forms.ParticipationReportForm
    heading, verb = _("Status of our part"), _("Update the status")
    done = _("The status of our part has been recorded.")

    def get_form_kwargs(self):
        allowed = PARTICIPATION_MOVES[self.object.state]
        if not permissions.has_perm(self.request.user, "spaces.commit_participation", self.object):
            allowed = allowed - {ParticipationState.COMMITTED}
        return super().get_form_kwargs() | {"states": [state for state in ParticipationState if state in allowed]}

    def act(self, form):
        participation.report_participation(self.object, actor=self.request.user, now=self.now, **form.cleaned_data)


class ParticipationEdit(AboutForm):
    """Correct our part, while it is planned or committed."""

    model = ParticipationAction
    permission_required = "spaces.report_participation"
    form_class = forms.ParticipationEditForm
    heading, verb = _("Correct our part"), _("Correct it")
    done = _("Correction saved.")

    def get_form_kwargs(self):
        today, row = clock.today(self.now, settings.CASA_ZONE), self.object
        mandates = Mandate.objects.on(today).filter(organization=row.organization).select_related("person")
        people = {mandate.person.pk: mandate.person for mandate in mandates.order_by("person__name")}
        if row.person:
            people.setdefault(row.person_id, row.person)
        return super().get_form_kwargs() | {"people": people.values()}

    def get_initial(self):
        row = self.object
        names = ("kind", "evidence", "visibility", "version")
        return {name: getattr(row, name) for name in names} | {
            "title": row.source_text("title"),
            "language": row.source_language,
            "person": row.person_id or "",
        }

    def act(self, form):
        participation.edit_participation(
            self.object,
            form.part(),
            version=form.cleaned_data["version"],
            actor=self.request.user,
            now=self.now,
        )

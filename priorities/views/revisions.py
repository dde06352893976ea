"""What was submitted when, and what changed; and a plan as somebody outside would read it."""

from core.generic import RecordView
from priorities.models import Priority, PriorityPlan
from priorities.queries.revisions import submissions_of


class PlanPage(RecordView):
    """A further page of a plan; 404 for whoever may not read the plan itself."""

    model = PriorityPlan
    context_object_name = "plan"
    extra_context = {"section": "priorities"}

    def get_queryset(self):
        return super().get_queryset().select_related("organization", "cycle")


class PlanRevisions(PlanPage):
    """Every submission, newest first, each with what changed since the one before."""

    permission_required = "priorities.read_revisions"
    template_name = "priorities/plan_revisions.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "cycle": self.object.cycle,
            "submissions": submissions_of(self.object),
        }


class PlanPreview(PlanPage):
    """What a visitor will read of the plan once the year is published: what its owner made public, and no more."""

    permission_required = "priorities.write_plan"
    template_name = "priorities/plan_preview.html"

    def get_context_data(self, **kwargs):
        plan = self.object
        if plan.is_being_written:
            rows = list(plan.drafts.with_context())
        else:
            rows = list(Priority.objects.filed().filter(plan=plan).with_context().prefetch_related("spaces"))
        seen = [(row, *_texts(row)) for row in rows if row.is_public]
        hidden = len(rows) - len(seen)
        return super().get_context_data(**kwargs) | {"cycle": plan.cycle, "rows": seen, "hidden": hidden}


def _texts(row):
    """(language, {field: text}) of a draft or a submitted priority, as its owner wrote it."""
    names = ("title", "why", "action")
    if isinstance(row, Priority):
        return row.source_language, {name: row.source_text(name) for name in names}
    return row.language, {name: getattr(row, name) for name in names}

"""The recurring shapes of a page, written once: templates/components/ draws each; docs/templates.md shows them in use.

A component takes words and addresses, draws, and decides nothing. The class names are those of docs/look.md; `look`
names variants of them without their prefix: `look="quiet small"` of a button is `btn btn--quiet btn--small`.
"""

from typing import Any

from django import template
from django.shortcuts import resolve_url
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


def _drawn(context: Context, component: str, /, **values: Any) -> SafeString:
    """The component's template, which sees only these values: nothing of the page can leak into it by a common name.

    Its nodes are rendered bare and its template is looked up once a page: a list of two hundred acts costs a tenth more
    than the same written out; `{% include %}` would double it.
    """
    looked_up = context.render_context
    page = looked_up.get(f"component {component}")
    if page is None:
        page = context.template.engine.get_template(  # type: ignore[union-attr]  # a page is being rendered
            f"components/{component}.html"
        )
        looked_up[f"component {component}"] = page
    if "content" in values:
        values["content"] = mark_safe(values["content"].strip())  # what was rendered between the tags
    inside = Context(values)
    inside.template = page
    return mark_safe(page.nodelist.render(inside).strip())


def _address(to: Any, args: tuple[Any, ...] = ()) -> str:
    """The address of a route's name with its arguments, of a record's own page, or an address as it is.

    An unknown name is an error, where `{% url … as to %}` would leave a form that posts to its own page.
    """
    if (isinstance(to, str) and to.startswith(("/", "?", "#", "https:", "mailto:"))) or not to:
        return to
    return resolve_url(to, *args)


def _variants(base: str, look: str) -> str:
    """Class names: the base and its variants."""
    return " ".join([base, *(f"{base}--{word}" for word in look.split())])


@register.simple_block_tag(takes_context=True)
def page_head(context: Context, content: str, title: Any, lede: Any = "") -> SafeString:
    """What a page is about: small facts above it if there are any, its title, and one sentence.

    {% page_head _("Themes") lede=_("Priorities and decisions are grouped by theme.") %}{% endpage_head %}

    {% shown record "title" as title %}
    {% page_head title %}
      <span class="code">{{ record.code }}</span>
      {% state_word record %}
    {% endpage_head %}
    """
    return _drawn(context, "page_head", content=content, title=title, lede=lede)


@register.simple_block_tag(takes_context=True)
def section(context: Context, content: str, name: str, title: Any, look: str = "") -> SafeString:
    """A part of the page with its own heading, which can be linked to as `#name`.

    {% section "retired" _("Retired") %}…{% endsection %}
    {% section "meetings" _("Meetings it attended") look="chapter" %}…{% endsection %}
    """
    return _drawn(context, "section", content=content, name=name, title=title, look=look)


@register.simple_block_tag(takes_context=True)
def panel(
    context: Context, content: str, title: Any, count: int | None = None, to: Any = "", words: Any = ""
) -> SafeString:
    """A part of a working page: its title, how many rows it has or one link, then the rows.

    {% panel _("Waiting for others") count=work.waiting|length %}…{% endpanel %}
    {% panel _("Closing soon") to="follow" words=_("Follow by calendar") %}…{% endpanel %}
    """
    return _drawn(context, "panel", content=content, title=title, count=count, to=_address(to), words=words)


@register.simple_block_tag(takes_context=True)
def act(
    context: Context,
    content: str,
    to: Any,
    *args: Any,
    verb: Any,
    look: str = "",
    about: Any = "",
    name: str = "",
    value: Any = "",
    form_look: str = "",
) -> SafeString:
    """One act: a form that posts, its token, the fields inside if there are any, and one button that says what happens.

    `about` is read out after the verb where several buttons say the same. `name` and `value` are the button's own.

    {% act "organizations:mandate_end" mandate.pk verb=_("End today") look="danger small" about=name %}{% endact %}

    {% act "meetings:item_place" meeting.code item.pk verb=_("Move earlier") look="quiet small" about=item.title %}
      <input type="hidden" name="seen" value="{{ day.mark }}">
    {% endact %}
    """
    return _drawn(
        context,
        "act",
        csrf_token=context.get("csrf_token"),
        content=content,
        to=_address(to, args),
        verb=verb,
        look=_variants("btn", look),
        about=about,
        name=name,
        value=value,
        form_look=form_look,
    )


@register.simple_block_tag(takes_context=True)
def post_form(
    context: Context,
    content: str,
    verb: Any,
    back: Any = "",
    to: Any = "",
    look: str = "",
    uploads: bool = False,
) -> SafeString:
    """A form to be filled in: its fields, one verb, and a way back that changes nothing.

    {% post_form _("Record the report") back=action %}{{ form|crispy }}{% endpost_form %}
    {% post_form _("Add the theme") back="commons:theme_list" %}{{ form|crispy }}{% endpost_form %}
    """
    return _drawn(
        context,
        "post_form",
        csrf_token=context.get("csrf_token"),
        content=content,
        verb=verb,
        back=_address(back),
        to=_address(to),
        look=_variants("btn", look),
        uploads=uploads,
    )


@register.simple_block_tag(takes_context=True)
def row(
    context: Context,
    content: str,
    to: Any,
    title: Any,
    evidence: Any = "",
    record: Any = None,
    look: str = "",
) -> SafeString:
    """One record of a `<ul class="rows">`: its title as a link, a line of evidence, and small facts at the side.

    `record` says where it is demonstration data.

    {% shown meeting "title" as title %}
    {% row meeting title record=meeting %}{{ meeting|span }}{% endrow %}
    """
    return _drawn(
        context,
        "row",
        content=content,
        to=_address(to),
        title=title,
        evidence=evidence,
        record=record,
        look=look,
    )


@register.simple_block_tag(takes_context=True)
def facts(context: Context, content: str) -> SafeString:
    """A list of facts, each a name and what it is.

    {% facts %}
      {% fact _("Place") organization.place %}
      <dt>{% translate "Site" %}</dt>
      <dd><a href="{{ organization.site }}">{{ organization.site|without_scheme }}</a></dd>
    {% endfacts %}
    """
    return _drawn(context, "facts", content=content)


@register.simple_tag(takes_context=True)
def fact(context: Context, label: Any, value: Any) -> SafeString | str:
    """One of the facts; nothing where it is not known.

    {% days action.due_on as due %}
    {% fact _("Due") due %}
    """
    if value is None or value == "":
        return ""
    return _drawn(context, "fact", label=label, value=value)


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, look: str = "", several: bool = False) -> SafeString:
    """Something to be noticed: `info`, `ok`, `warn` or `error`. `several` where it is more than one paragraph.

    {% notice "warn" %}{{ problem }}{% endnotice %}
    {% notice "info" several=True %}<p>…</p><p>…</p>{% endnotice %}
    """
    return _drawn(context, "notice", content=content, look=_variants("notice", look), several=several)


@register.simple_tag(takes_context=True)
def button_link(context: Context, to: Any, *args: Any, words: Any, look: str = "", about: Any = "") -> SafeString:
    """A link that looks like a button, because it leads to what one would do next. What changes something is an act.

    {% button_link "commons:theme_add" words=_("Add a theme") %}
    {% button_link "spaces:deadline_extend" deadline.pk words=_("Extend") look="quiet small" about=deadline.title %}
    """
    return _drawn(context, "button_link", to=_address(to, args), words=words, look=_variants("btn", look), about=about)


@register.simple_block_tag(takes_context=True)
def disclosure(context: Context, content: str, summary: Any, look: str = "", is_open: bool = False) -> SafeString:
    """What may stay folded until it is asked for. `look="more"` in forms.

    {% disclosure _("More dates") look="more" is_open=form.more_open %}…{% enddisclosure %}
    """
    return _drawn(context, "disclosure", content=content, summary=summary, look=look, is_open=is_open)


@register.simple_tag(takes_context=True)
def state(context: Context, kind: str, words: Any) -> SafeString:
    """A state: a shape and a word. `{% state_word row %}` where a row says its own.

    {% state "due" _("overdue") %}
    """
    return _drawn(context, "state", kind=kind, words=words)


@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: str,
    *labels: Any,
    look: str = "",
    caption: Any = "",
    acts: Any = "",
) -> SafeString:
    """A table: the columns' labels, then its rows. `acts` names, for those who listen, a last column of buttons.

    Cells repeat their label for narrow screens: `<td data-label="{% translate "Role" %}">`.

    {% table _("Name") _("Role") look="dense" acts=_("End it") %}
      {% for mandate in mandates %}<tr>…</tr>{% endfor %}
    {% endtable %}
    """
    return _drawn(context, "table", content=content, labels=labels, look=look, caption=caption, acts=acts)


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, words: Any) -> SafeString:
    """What a page says where there is nothing yet, and what may be done about it.

    {% empty_state _("No theme is offered.") %}<p>{% button_link "home" words=_("Go to the year") %}</p>{% endempty_state %}
    """
    return _drawn(context, "empty_state", content=content, words=words)

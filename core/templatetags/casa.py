"""What every template may use: texts with their language, dates, states, permissions."""

import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import countries, dates, markdown, permissions, text
from core.dates import instant_words
from core.records.registry import Status
from core.records.rows import Row
from core.states import look_of

register = template.Library()


@register.simple_tag
def shown(row: Any, name: str) -> str:
    """A translated field as this reader sees it, marked with its language where that is another."""
    return tagged(text.shown(row, name))


@register.filter
def tagged(value: Any) -> Any:
    """A core.text.Shown with its `lang` where it is not the page's language."""
    if not isinstance(value, text.Shown):
        return value
    if not value.is_other_language or not value.value:
        return value.value
    return format_html('<span lang="{}">{}</span>', text.HTML_LANG[value.language], value.value)


@register.filter
def html_lang(code: str) -> str:
    """Content language code as an HTML `lang` value."""
    return text.HTML_LANG.get(code, code)


@register.filter
def language_in_words(code: str) -> str:
    """A language's name as it is written inside a sentence."""
    return text.language_in_words(code)


@register.filter
def md(value: str | None) -> SafeString:
    """A Markdown text as safe HTML."""
    return markdown.render(value)


@register.filter
def country(code: str) -> str:
    """The country's name in the reader's language."""
    return countries.name(code) if code else ""


@register.filter
def span(row: Any) -> str:
    """Dates of a row with starts_on, ends_on and date_precision."""
    return dates.span(row.starts_on, row.ends_on, getattr(row, "date_precision", dates.Precision.DAY))


@register.filter
def span_or_year(row: Any) -> str:
    """Its dates, or the year where they are not known."""
    return span(row) or str(row.year)


@register.simple_tag
def days(start: datetime.date | None, end: datetime.date | None = None, precision: str = "day") -> str:
    """Dates from a day to a day, no more exact than `precision`."""
    return dates.span(start, end, precision)


@register.simple_tag
def at(moment: datetime.datetime | None, zone_name: str = "UTC") -> str:
    """An instant in its announced zone, with its offset; a script of the page adds the reader's own time."""
    if moment is None:
        return ""
    return format_html(
        '<time class="js-local" datetime="{}" data-zone="{}">{}</time>',
        moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        zone_name,
        instant_words(moment, zone_name),
    )


@register.simple_tag
def since(day: datetime.date | None, precision: str = "day") -> str:
    """`since 29 August 2024`, `since 2024`."""
    return dates.since(day, precision)


@register.filter
def left(moment: datetime.datetime | None, now: datetime.datetime) -> str:
    """Days and hours left until an instant; empty when it is over."""
    return timeuntil(moment, now, depth=1) if moment and moment > now else ""


@register.simple_tag(takes_context=True)
def has_perm(context: Context, name: str, obj: Any = None) -> bool:
    """Whether the reader has a permission: `{% has_perm "meetings.publish_meeting" meeting as can_publish %}`."""
    user = context.get("user")
    return bool(user) and permissions.has_perm(user, name, obj)


@register.simple_tag
def parted(form: Any) -> dict[str, Any]:
    """The fields of a form that are always seen (`first`) and those that may wait (`more`, as its `MORE` names them).

    `is_open` says whether the second are unfolded because one of them is wrong.
    """
    names = getattr(form, "MORE", ())
    shown = [field for field in form if field.name not in names]
    more = [form[name] for name in names if name in form.fields]
    return {"first": shown, "more": more, "is_open": any(field.errors for field in more)}


@register.simple_tag
def state_word(row: Any) -> SafeString:
    """A row's state in words and with its shape."""
    return state_mark(row.state, row.get_state_display())


@register.simple_tag
def state_mark(state: str, label: Any) -> SafeString:
    """A state, or a core.states.Look by its name, in words and with its shape."""
    return format_html('<span class="state state--{}">{}</span>', look_of(state), label)


@register.simple_tag
def public_status(row: Row) -> SafeString:
    """What the public reads of a record: fulfilled, under way, does not continue; empty where it is no commitment."""
    if not row.status:
        return mark_safe("")
    words: dict[str, Any] = {
        Status.FULFILLED: pgettext("decision", "fulfilled"),
        Status.UNDERWAY: _("under way"),
        Status.DROPPED: _("does not continue"),
    }
    return state_mark(row.status, {**words, **row.kind.status_words}[row.status])


@register.simple_tag
def commitment_status(row: Row) -> SafeString:
    """The same in a list of commitments, where the words agree with the commitment."""
    words: dict[str, Any] = {
        Status.FULFILLED: _("fulfilled"),
        Status.UNDERWAY: _("under way"),
        Status.DROPPED: _("does not continue"),
    }
    if row.status:
        return state_mark(row.status, words[row.status])
    return state_mark(row.state, row.kind.commitment_words.get(row.state, row.state_label))

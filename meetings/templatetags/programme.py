"""Hours of an agenda: many on one page, so without the long words of `{% at %}`."""

import datetime

from django import template
from django.utils.html import format_html

from core import clock
from core.dates import instant_words

register = template.Library()


@register.simple_tag
def local_hour(moment, zone_name):
    """`09:30` there, as a time element that says the instant."""
    local = moment.astimezone(clock.zone(zone_name))
    exact = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}">{}</time>', exact, f"{local:%H:%M}")


@register.simple_tag
def zone_words(moment, zone_name):
    """`Montevideo (UTC−3)`: a zone at an instant, in the words of `{% at %}`."""
    return instant_words(moment, zone_name).rsplit(", ", 1)[-1]

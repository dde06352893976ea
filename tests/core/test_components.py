"""Components draw what pages wrote out before, escape what they are given, and refuse a wrong address."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch


def drawn(source, **context):
    template = engines["django"].from_string("{% load components %}" + source)
    return template.render(context, RequestFactory().get("/"))


def test_an_act_is_one_form_with_its_token_and_one_button():
    html = drawn(
        '{% act "/end/" verb="End" look="danger small" about=name name="who" value=7 %}<input name="a">{% endact %}',
        name="<Ana>",
    )
    assert " ".join(html.split()).startswith('<form method="post" action="/end/">')
    assert html.count('name="csrfmiddlewaretoken"') == html.count("<form") == html.count("<button") == 1
    assert html.index("csrfmiddlewaretoken") < html.index('<input name="a">') < html.index("<button")
    assert '<button class="btn btn--danger btn--small" name="who" value="7">' in html
    assert 'End<span class="visually-hidden">: &lt;Ana&gt;</span></button>' in html


def test_a_form_to_fill_in_has_a_way_back():
    html = drawn('{% post_form "Record it" back="/back/" %}<p>fields</p>{% endpost_form %}')
    assert html.count('name="csrfmiddlewaretoken"') == html.count("<form") == html.count("<button") == 1
    assert '<a href="/back/">' in html
    assert "action=" not in html
    assert "novalidate" in html


@pytest.mark.parametrize(
    "source", ['{% act "no_such_page" verb="x" %}{% endact %}', '{% button_link "no_such_page" words="x" %}']
)
def test_a_wrong_address_is_an_error(source):
    with pytest.raises(NoReverseMatch):
        drawn(source)


def test_an_address_is_a_route_with_its_arguments_a_record_or_itself():
    class Record:
        def get_absolute_url(self):
            return "/record/"

    assert 'href="/es/"' in drawn('{% button_link "home" words="x" %}')
    assert 'href="/record/"' in drawn('{% button_link record words="x" %}', record=Record())
    assert 'href="?page=2"' in drawn('{% button_link "?page=2" words="x" %}')


def test_the_head_of_a_page_draws_only_what_there_is():
    assert drawn('{% page_head "Themes" %} {% endpage_head %}') == "<h1>Themes</h1>"
    assert drawn('{% page_head title lede="One." %}<b>a</b>{% endpage_head %}', title="<x>") == (
        '<p class="eyebrow"><b>a</b></p><h1>&lt;x&gt;</h1><p class="lede">One.</p>'
    )


def test_a_section_can_be_linked_to_and_is_named_by_its_heading():
    assert drawn('{% section "a" "A" look="chapter" %}<p>b</p>{% endsection %}') == (
        '<section class="chapter" aria-labelledby="a"><h2 id="a">A</h2>\n<p>b</p></section>'
    )


def test_a_fact_that_is_not_known_is_not_drawn():
    assert drawn('{% fact "Place" place %}', place="") == drawn('{% fact "Place" place %}', place=None) == ""
    assert drawn('{% facts %}{% fact "Seats" n %}{% endfacts %}', n=0) == (
        '<dl class="facts"><dt>Seats</dt>\n<dd>0</dd></dl>'
    )


def test_words_inside_are_escaped_once():
    assert drawn('{% notice "warn" %}{{ words }}{% endnotice %}', words="a & <b>") == (
        '<p class="notice notice--warn">a &amp; &lt;b&gt;</p>'
    )
    assert drawn('{% state "due" words %}', words="<b>") == '<span class="state state--due">&lt;b&gt;</span>'


def test_a_component_sees_nothing_of_the_page():
    assert drawn('{% button_link "/" words="x" %}', about="hidden", look="danger") == '<a class="btn" href="/">x</a>'

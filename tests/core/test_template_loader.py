"""Templates are indented for people; what is compiled carries no indentation, and no space is lost or won."""

from django.template import Context, Engine

from core.template_loader import compact


def test_indentation_and_blank_lines_go():
    source = "<div>\n  <p>\n    one\n    two\n  </p>\n\n  <p>three</p>\n</div>\n"
    assert compact(source) == "<div><p>one\ntwo</p>\n<p>three</p></div>\n"


def test_white_space_between_inline_elements_stays_one_line_break():
    assert compact("<p>\n  <a>one</a>\n  <a>two</a>\n</p>") == "<p><a>one</a>\n<a>two</a></p>"
    assert compact("<p><a>one</a><a>two</a></p>") == "<p><a>one</a><a>two</a></p>"
    assert compact("<b>one</b> <b>two</b>") == "<b>one</b> <b>two</b>"


def test_between_words_and_a_tag_of_the_template_a_line_break_stays():
    assert compact("<p>one\n  {% if a %}\n    two\n  {% endif %}\n  three</p>") == (
        "<p>one\n{% if a %}\ntwo\n{% endif %}\nthree</p>"
    )


def test_beside_a_block_it_goes():
    assert compact(
        "{% if a %}\n  <ul>\n    {% for b in c %}\n      <li>{{ b }}</li>\n    {% endfor %}\n  </ul>\n{% endif %}"
    ) == ("{% if a %}<ul>{% for b in c %}<li>{{ b }}</li>{% endfor %}</ul>{% endif %}")


def test_no_space_stands_before_a_full_stop_or_a_comma_that_a_condition_lets_in():
    assert compact("<p>\n  {{ day }}\n  {% if place %}, {{ place }}{% endif %}\n  .\n</p>") == (
        "<p>{{ day }}{% if place %}, {{ place }}{% endif %}.</p>"
    )


def test_the_header_leaves_nothing_behind():
    assert compact('{% extends "a.html" %}\n{% load i18n %}\n{% if a %} b{% endif %}') == (
        '{% extends "a.html" %}{% load i18n %}{% if a %} b{% endif %}'
    )


def test_attributes_on_lines_of_their_own_stay_apart():
    assert compact('<a\n  class="b"\n  {% if c > d %}href="e"{% endif %}\n>\n  f\n</a>') == (
        '<a\nclass="b"\n{% if c > d %}href="e"{% endif %}>\nf\n</a>'
    )


def test_what_shows_its_white_space_is_left_alone():
    for element in ("<pre>\n  a\n\n  b\n</pre>", '<textarea name="c">\n  d\n  {{ e }}\n</textarea>'):
        assert compact(f"<div>\n  {element}\n</div>") == f"<div>{element}</div>"


def test_only_pages_are_compacted(tmp_path):
    source = "<p>\n  a\n</p>\n"
    for name in ("a.html", "a.txt", "a.md"):
        (tmp_path / name).write_text(source)
    engine = Engine(dirs=[tmp_path], loaders=["core.template_loader.Loader"])
    drawn = {name: engine.get_template(name).render(Context()) for name in ("a.html", "a.txt", "a.md")}
    assert drawn == {"a.html": "<p>a</p>\n", "a.txt": source, "a.md": source}

"""What `benchmarks/rendered.py` takes for the same page, and what not; and what it says of a difference."""

import pytest

from benchmarks.folding import fold
from benchmarks.rendered import MOVED, Words, fragments

SAME = (
    ("<div>\n  <p>One\n two</p>\n</div>", "<div><p>One two</p></div>"),
    ('<a class="b a"  href="/x">x</a>', "<a href='/x' class='a\n b '>x</a>"),
    (
        "<table><tr><td>1<td>2<tr><td>3</table>",
        "<table><tbody> <tr><td>1</td> <td>2</td></tr><tr><td> 3</td></tr></tbody></table>",
    ),
    ("<ul><li>1<li>2 <ul><li>3</ul></ul>", "<ul><li>1</li><li>2<ul><li>3</li></ul></li></ul>"),
    (
        "<select><option>1<option selected>2</select>",
        '<select> <option>1</option> <option selected="">2</option> </select>',
    ),
    ("<dl><dt>1<dd>2<dt>3<dd>4</dl>", "<dl><dt>1</dt><dd>2</dd><dt>3</dt><dd>4</dd></dl>"),
    ("<p>1<p>2<div>3</div>", "<p>1</p> <p>2</p><div>3</div>"),
    ("<p> <b> One</b> <i>two </i> </p>", "<p><b>One</b> <i>two</i></p>"),
    ("<p>a <button>\n Send\n</button> b</p>", "<p>a <button>Send</button> b</p>"),
    ('<p style="color: red; margin:0;">a</p>', '<p style="color:red;margin:0">a</p>'),
    ("<style>\n a {\n color: red;\n }\n</style>", "<style>a{color:red}</style>"),
    ("<p>a<!-- why --> b</p>", "<p>a b</p>"),
    ("<p>&copy; &#x41;<br />x</p>", "<p>© A<br>\n x</p>"),
    ("<textarea>\nx</textarea>", "<textarea>x</textarea>"),
    (
        '<input type="hidden" name="csrfmiddlewaretoken" value="1">',
        '<input type="hidden" name="csrfmiddlewaretoken" value="2">',
    ),
    ("<svg>\n <path d='m 1\n 2' />\n</svg>", '<svg><path d="m 1 2"></path></svg>'),
)
OTHER = (
    ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
    ("<p>a <button>b</button> <button>c</button></p>", "<p>a <button>b</button><button>c</button></p>"),
    ("<p>a <img src=x> b</p>", "<p>a <img src=x>b</p>"),
    ("<pre>a  b</pre>", "<pre>a b</pre>"),
    ("<textarea>a\nb</textarea>", "<textarea>a b</textarea>"),
    ("<p>a&nbsp;b</p>", "<p>a b</p>"),
    ("<div><p>a</p></div>", "<p>a</p>"),
    ("<p>a</p></div>", "<p>a</p>"),
    ('<a class="a b">x</a>', '<a class="ab">x</a>'),
    ("<p>1 <span>2</span></p>", "<p>1 2</p>"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_a_browser_shows_alike_is_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_a_browser_shows_otherwise_is_not(one, other):
    assert fold(one) != fold(other)


def test_a_changed_sentence_is_one_fragment_and_of_a_tag_only_what_changed():
    old = '<li>\n<a class="x" href="/1/">Vuelta 1 de <b>3</b></a>\n</li>\n<p>'
    new = '<li>\n<a class="y" href="/1/">Ronda 1 de <b>3</b></a>\n</li>\n<p>'
    assert list(fragments(old, new)) == [('<a class="x">', '<a class="y">'), ("Vuelta 1 de ", "Ronda 1 de ")]


def test_a_space_within_a_link_instead_of_beside_it_is_told_and_a_lost_one_is_a_difference():
    assert list(fragments("<a>x </a>y", "<a>x</a> y")) == [MOVED]
    assert list(fragments("<a>x</a> y", "<a>x</a>y")) == [(" y", "y")]


def test_listed_words_may_differ_and_no_others(tmp_path):
    (tmp_path / "words").write_text(
        "# why\nVuelta => Ronda\nla urna => el cofre\nse va => \nel # de julio => a # julio\n"
    )
    words = Words(tmp_path / "words")
    assert words.allow("Vuelta 1 de ", "Ronda 1 de ")
    assert words.allow("Vuelta y Vuelta en la urna", "Vuelta y Ronda en el cofre")
    assert words.allow("se va", "")
    assert words.allow("el 14 de julio", "a 14 julio")
    assert not words.allow("el 14 de julio", "a 15 julio")
    assert not words.allow("Vuelta 1", "Ronda 2")
    assert not words.allow("Ronda 1", "Vuelta 1")
    assert not Words(None).allow("a", "b")

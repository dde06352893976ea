"""What docs/look.md promises, measured: weight, contrast, no inline code, every page in our own look."""

import math
import re
from pathlib import Path

import allauth
import brotli
import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

TEMPLATES = settings.ROOT / "templates"
CSS = sorted((settings.ROOT / "static" / "css").glob("*.css"))
TOKENS = (settings.ROOT / "static" / "css" / "site.css").read_text()
MAIL = ("mail/", "account/email/")  # mail programs know no style sheet of ours


def pages():
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if not name.startswith(MAIL):
            yield name, path.read_text()


def test_no_template_carries_style_or_script_of_its_own():
    """The content policy would refuse it silently."""
    inline = re.compile(r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", re.I)
    assert [(name, found.group()) for name, text in pages() if (found := inline.search(text))] == []


def test_the_styles_weigh_ten_kilobytes_at_most_as_they_are_sent():
    sent = {path.name: len(brotli.compress(path.read_bytes())) for path in CSS}
    print(sent, sum(sent.values()))
    assert sum(sent.values()) <= 10_000


def test_a_style_sheet_is_set_one_declaration_a_line():
    """A rule of one declaration may stand on a line of its own."""
    crowded = re.compile(r"[;{][^;{}]*:[^;{}]*;[^\n]*\S[^\n]*:|\}[^\n]*\{")
    lines = [(path.name, line) for path in CSS for line in path.read_text().splitlines() if "/*" not in line]
    assert [(name, line) for name, line in lines if crowded.search(line) or len(line) > 140] == []


def test_every_brace_is_closed():
    """One too many drops the whole layer that follows, without a word."""
    assert [path.name for path in CSS if path.read_text().count("{") != path.read_text().count("}")] == []


def test_a_first_visit_asks_for_two_style_sheets_and_one_module():
    html = render_to_string("base.html")
    assert re.findall(r'rel="stylesheet" href="[^"]*?/(\w+)[^/"]*\.css"', html) == ["site", "components"]
    assert html.count("<script") == 1


def test_the_navigation_has_its_six_entries():
    """An address that cannot be made leaves an entry out rather than break every page; here it is missed."""
    html = render_to_string("base.html", {"section": "about"})
    nav = html.split('<nav class="sections"')[1].split("</nav>")[0]
    assert nav.count("<li>") == 6
    assert nav.count('aria-current="page"') == 1


def test_colours_are_written_once_as_tokens():
    colour = re.compile(r"oklch\((?!var)|#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(")
    after_tokens = TOKENS.split("@layer base {")[1]
    others = [path.read_text().split("@layer print {")[0] for path in CSS if path.name != "site.css"]
    assert [colour.findall(text) for text in [after_tokens, *others]] == [[] for _ in CSS]


def tokens(theme):
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = {}
    for part in [light] if theme == "light" else [light, dark]:
        for name, *numbers in re.findall(r"--(\w[\w-]*): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", part):
            found[name] = luminance(*map(float, numbers))
    return found


def luminance(lightness, chroma, hue):
    """Relative luminance (WCAG 2) of an OKLCH colour, through linear sRGB."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    base = lightness / 100
    long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (base - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(max(part, 0), 1) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_edges_stand_out_from_their_ground(theme):
    colour = tokens(theme)
    text = ["ink", "muted", "accent", "due", "done", "risk", "election"]
    pairs = [(name, ground, 4.5) for name in text for ground in ("paper", "raised", "sunk")]
    pairs += [("on-accent", "accent", 4.5), ("on-bar", "bar", 4.5)]
    pairs += [("edge", "paper", 3), ("edge", "raised", 3), ("accent", "paper", 3)]
    assert [pair for pair in pairs if contrast(colour[pair[0]], colour[pair[1]]) < pair[2]] == []


@pytest.mark.parametrize("folder", ["account", "allauth"])
def test_every_page_and_mail_of_the_account_is_ours(folder):
    shipped = Path(allauth.__file__).parent / "templates"
    named = {path.relative_to(shipped).as_posix() for path in (shipped / folder).rglob("*") if path.is_file()}
    ours = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / folder).rglob("*") if path.is_file()}
    assert named
    assert sorted(named - ours) == []


class Priority(forms.Form):
    title = forms.CharField(label="Title", help_text="One sentence.")
    visibility = forms.ChoiceField(label="Visibility", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Note", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].who_sees = "member organisations"


def test_a_form_says_what_is_missing_in_a_summary_and_beside_the_field():
    with translation.override("en"):
        html = str(Priority({}))
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in html
    assert html.index("error-summary") < html.index("<label")
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_title", "id_visibility_0"]
    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert described == ["id_title_helptext id_title_error", "id_visibility_error"]
    for name in [*targets, *" ".join(described).split()]:
        assert f'id="{name}"' in html
    assert html.index("One sentence.") < html.index('name="title"')
    assert "member organisations" in html
    assert html.count("(optional)") == 1


def test_a_form_without_errors_has_no_summary_and_escapes_what_was_typed():
    with translation.override("es"):
        html = str(Priority({"title": "<b>", "visibility": "a"}))
    assert "error-summary" not in html
    assert "<b>" not in html.replace("<b>Quién", "")


def test_the_years_arch_draws_with_points_whatever_the_language():
    items = [
        {"label": "Meeting", "month": 0.7, "href": "/a/", "kind": "meeting", "past": True},
        {"label": "Election", "month": 0.72, "href": "/b/", "kind": "election", "past": True},
        {"label": "IGF <2024>", "month": 11.5, "href": "", "kind": "edition", "past": False},
    ]
    with translation.override("es"):
        html = render_to_string("_year_arch.html", {"arch": items, "arch_now": 6.25})
    circles = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', html)]
    assert len(circles) == 3
    assert circles[1][1] < circles[0][1] - 20  # too near to stand side by side: raised
    assert all(0 <= x <= 1200 and 0 <= y <= 186 for x, y in circles)
    assert 'stroke-dasharray="6.250 12"' in html
    assert "IGF &lt;2024&gt;" in html
    assert html.count("<li>") == 3


def test_the_arch_of_an_empty_year_is_not_drawn():
    assert render_to_string("_year_arch.html", {"arch": []}).strip() == ""


def test_the_error_page_of_last_resort_needs_no_context():
    html = render_to_string("500.html")
    assert "<h1>" in html
    assert "{%" not in html

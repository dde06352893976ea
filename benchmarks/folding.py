"""HTML written so that two pages that a browser shows alike are alike, and text without what is drawn by lot.

White space goes at the edges of block elements and is one space elsewhere; attributes and classes are sorted; comments
go; an end tag left out is written. One block is one line, with what is inline in it, so that a changed sentence is a
changed line. `<pre>`, `<textarea>`, `<script>` and `<style>` keep their words. Standard library only: it is read by
whatever Python renders an old revision.
"""

import contextlib
import hashlib
import html
import io
import re
import zipfile
import zlib
from html.parser import HTMLParser

SPACE = re.compile(r"[ \t\n\r\f]+")


def _names(words):
    return frozenset(words.split())


BLOCKS = _names(
    """html head title meta link base script style noscript body address article aside blockquote br caption center col
    colgroup datalist dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hgroup hr legend li main menu nav ol optgroup option p pre search section source summary table tbody td template
    tfoot th thead track tr ul defs g path rect circle line polygon polyline ellipse"""
)
VOID = _names("area base br col embed hr img input link meta source track wbr")
#: Inline, but something stands there: a space before or after one is seen, one at the edge within is not.
SOLID = _names("audio button canvas iframe img input meter object progress select svg textarea video")
VERBATIM = _names("pre textarea script style")
CLOSES_P = BLOCKS - _names("br option optgroup source track title meta link base script style template")
#: An opening tag ends these where they are open, unless one of the fences stands between.
ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "option": ({"option"}, {"select", "datalist", "optgroup"}),
    "optgroup": ({"option", "optgroup"}, {"select"}),
    "tr": ({"tr", "td", "th", "caption", "colgroup"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"tbody", "thead", "tfoot", "caption", "colgroup"}, {"table"}),
    "tfoot": ({"tbody", "thead", "caption", "colgroup"}, {"table"}),
    "thead": ({"caption", "colgroup"}, {"table"}),
    "body": ({"head"}, {"html"}),
}
SECRETS = (
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"(?<=\.)[0-9a-f]{12}(?=\.(?:css|js|svg|png|ico|woff2)\b)"), "HASH"),
    (re.compile(r"(?:\b[\w-]+)?:(?:[0-9A-Za-z]{6}:)?[\w-]{43}(?![\w-])", re.ASCII), "SIGNED"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43}(?![\w-])", re.ASCII), "TOKEN"),
    (re.compile(r"(?<![0-9a-zA-Z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{20,128}(?![0-9a-zA-Z])"), "HEX"),
)


def without_secrets(text):
    """Text without tokens, signatures, digests and other things that no two runs share."""
    for pattern, word in SECRETS:
        text = pattern.sub(word, text)
    return text


def fold(page):
    """HTML as lines."""
    folding = _Folding()
    folding.feed(page)
    folding.close()
    return without_secrets("\n".join(folding.finish())) + "\n"


def body_of(content, kind):
    """What was answered, as folded text, by the head that says its kind."""
    kind = kind.split(";")[0]
    if kind == "text/html":
        return fold(content.decode())
    if kind.startswith("text/") or re.search(r"json|xml|calendar|javascript", kind):
        return without_secrets(content.decode().replace("\r\n", "\n"))
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "".join(f"== {name}\n{_member(name, packed.read(name))}\n" for name in sorted(packed.namelist()))
    if kind == "application/pdf":
        return f"{_pages(content)} pages\n"
    return f"{hashlib.sha256(content).hexdigest()[:16]}\n"


def _pages(content):
    """How many pages a PDF has; what says so may stand in a compressed stream."""
    parts = [content]
    for found in re.finditer(rb"stream\r?\n", content):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(content[found.end() :]))
    return sum(len(re.findall(rb"/Type\s*/Page\b", part)) for part in parts)


def _member(name, content):
    """What is in an archive; a program that lies in it may be set otherwise and still be the same."""
    if name.endswith(".py"):
        return ""
    try:
        return without_secrets(content.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return f"{len(content)} bytes"


class _Folding(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.pieces, self.open = [], [], []

    # A piece is (kind, words): "text", "tag" (seen through), "solid".
    def flush(self):
        """Write the block that ends here; spaces at its edges and doubled through inline tags are not seen."""
        done, spaced = [], True
        for kind, words in self.pieces:
            if kind == "text":
                if spaced:
                    words = words.lstrip(" ")
                if not words:
                    continue
                spaced = words.endswith(" ")
            elif kind != "tag":
                spaced = kind == "edge"
            done.append([kind, words])
        trim = True
        for piece in reversed(done):
            if trim and piece[0] == "text":
                piece[1] = piece[1].rstrip(" ")
                trim = not piece[1]
            elif piece[0] == "solid":
                # The end tag of a solid element is an edge for what stands in it.
                trim = piece[1].startswith("</")
            elif piece[0] == "edge":
                trim = False
        if line := "".join(words for _kind, words in done):
            self.lines.append(line)
        self.pieces = []

    def is_verbatim(self):
        return any(name in VERBATIM for name in self.open)

    def write(self, name, words, is_start):
        if name in BLOCKS:
            self.flush()
            self.lines.append(words)
        elif name in SOLID:
            self.pieces.append(("edge" if is_start and name not in VOID else "solid", words))
        else:
            self.pieces.append(("tag", words))

    def end(self, name):
        """End everything open down to the last `name`."""
        while True:
            last = self.open.pop()
            self.write(last, f"</{last}>", False)
            if last == name:
                return

    def end_implied(self, ended, fences):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] in fences:
                break
            if self.open[place] in ended:
                while len(self.open) > place:
                    self.end(self.open[-1])

    def handle_starttag(self, name, attributes):
        if name in ENDS:
            self.end_implied(*ENDS[name])
        if name in CLOSES_P and "p" in self.open:
            self.end_implied({"p"}, {"button", "td", "th", "table", "object", "template"})
        if name == "tr" and self.open and self.open[-1] == "table":
            self.handle_starttag("tbody", [])
        self.write(name, _tag(name, dict(reversed(attributes))), True)
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        if name not in VOID:
            self.end(name)

    def handle_endtag(self, name):
        if name in self.open:
            self.end(name)
        elif name not in VOID:
            self.write(name, f"<!stray></{name}>", False)

    def handle_data(self, data):
        if not self.is_verbatim():
            self.pieces.append(("text", html.escape(SPACE.sub(" ", data), quote=False)))
            return
        if self.open[-1] == "style":
            data = _styles(data).strip()
        elif self.open[-1] == "script":
            data = data.strip()
        elif not self.pieces or self.pieces[-1][0] == "edge":
            data = data.removeprefix("\n")
        self.pieces.append(("solid", html.escape(data, quote=False).replace("\n", "⏎")))

    def handle_decl(self, declaration):
        self.flush()
        self.lines.append(f"<!{declaration.lower()}>")

    def finish(self):
        while self.open:
            self.end(self.open[-1])
        self.flush()
        return self.lines


def _styles(words):
    return re.sub(r"\s*([{}:;,>])\s*", r"\1", words).replace(";}", "}")


def _tag(name, attributes):
    written = {key: SPACE.sub(" ", value or "").strip() for key, value in attributes.items()}
    if "class" in written:
        written["class"] = " ".join(sorted(set(written["class"].split(" "))))
    if "style" in written:
        written["style"] = _styles(written["style"]).rstrip(";")
    if written.get("name") == "csrfmiddlewaretoken":
        written["value"] = "CSRF"
    words = [f'{key}="{html.escape(value)}"' for key, value in sorted(written.items())]
    return f"<{' '.join([name, *words])}>"

"""Templates are indented for people; what is sent is not: the blanks go once, when a template is compiled."""

import re

from django.template import Origin
from django.template.loaders import filesystem

# Where white space shows, or is a value: left exactly as written.
AS_WRITTEN = re.compile(r"(<(pre|textarea)\b.*?</\2\s*>|\{% verbatim .*?\{% endverbatim)", re.DOTALL | re.IGNORECASE)

# White space beside these draws nothing; beside any other tag it may be a space between two words.
BLOCK = (
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|head|header|hr|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|script|section|summary|table|tbody|td"
    "|tfoot|th|thead|title|tr|ul"
)
CONTAINER = f"{BLOCK}|button|select"  # nor inside these, at either end
ATTRIBUTES = r"(?:\{[{%].*?[%}]\}|[^<>{])*"
HEADER = re.compile(r"\A\s*(?:\{% (?:extends|load) [^%]*%\}\s*)+")
LINE_BREAK = re.compile(r"[ \t\r]*\n\s*")
AFTER_OPENING = re.compile(rf"(<(?:{CONTAINER})\b{ATTRIBUTES}>)\n")
BEFORE_CLOSING = re.compile(rf"\n(?=</(?:{CONTAINER})>)")
BETWEEN_TAG_AND_BLOCK = re.compile(rf"(?<=%\}})\n(?=</?(?:{BLOCK})\b)")
BETWEEN_BLOCK_AND_TAG = re.compile(rf"(</(?:{BLOCK})>)\n(?=\{{%)")
# No language of ours sets a space before these, not even where a condition lets them in.
BEFORE_PUNCTUATION = re.compile(r"\n(?=(?:\{% if [^%]*%\})?[.,;:!?)])")
END_OF_TAG = re.compile(r"\n(?=/?>)")


def compact(source: str) -> str:
    """The template without indentation, blank lines, and line breaks that draw nothing beside block-level tags."""
    parts = AS_WRITTEN.split(HEADER.sub(lambda found: re.sub(r"\s*\n\s*", "", found.group()), source))
    # split() yields text, what stays as written, its tag's name, text, …
    parts[0::3] = [_compact(text) for text in parts[0::3]]
    del parts[2::3]
    return "".join(parts)


def _compact(text: str) -> str:
    text = LINE_BREAK.sub("\n", text)
    text = BEFORE_PUNCTUATION.sub("", text)
    text = END_OF_TAG.sub("", text)
    text = AFTER_OPENING.sub(r"\1", text)
    text = BEFORE_CLOSING.sub("", text)
    text = BETWEEN_BLOCK_AND_TAG.sub(r"\1", text)
    return BETWEEN_TAG_AND_BLOCK.sub("", text)


class Loader(filesystem.Loader):
    """Django's loader of files; our pages come compacted, plain text and mail texts as they are written."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return compact(contents) if str(origin.name).endswith(".html") else contents

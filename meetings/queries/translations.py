"""Whether a text is there in its official language."""

from collections.abc import Mapping


def missing_official_text(language: str, field: str, texts: Mapping[str, str], message: str) -> dict[str, str]:
    """What is missing, {field: message}, where the official language has no text; else {}."""
    return {} if texts.get(language, "").strip() else {f"{field}_{language}": message}

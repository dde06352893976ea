"""Parts of addresses that are checked before anything is looked up: an absurd one is simply no page of ours."""

from django.urls import register_converter


class YearPart:
    """A year a person could mean; `99999999999999999999` would overflow a database integer."""

    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


class CodePart:
    """A citable code, CASA-2026-DEC-003, in whatever case it was typed."""

    regex = "[Cc][Aa][Ss][Aa]-[0-9]{4}-[A-Za-z]{3}-[0-9]{3,6}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: object) -> str:
        return str(value)


class RowPart:
    """A row's number that a database integer can hold."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(YearPart, "year")
register_converter(CodePart, "code")
register_converter(RowPart, "row")

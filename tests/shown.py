"""A page of HTML as it is shown."""

from __future__ import annotations

from html.parser import HTMLParser


class Shown(HTMLParser):
    """Collects the elements of an HTML page, and the texts of those that hold text."""

    TEXTUAL = ("title", "h1", "h2", "p", "dt", "dd", "th", "td", "li", "pre", "span", "text")

    def __init__(self, text: str) -> None:
        """Read *text*."""
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an element."""
        self.elements.append((tag, dict(attrs)))
        if tag in self.TEXTUAL:
            self._open = True
            self.texts.append("")
        if tag == "br":
            self.texts[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        """End the text of an element."""
        self._open = self._open and tag not in self.TEXTUAL

    def handle_data(self, data: str) -> None:
        """Collect a text."""
        if self._open:
            self.texts[-1] += data

    def names(self) -> set[str]:
        """Return the names of the elements."""
        return {tag for tag, _ in self.elements}


class _Parts(HTMLParser):
    """Collects elements with their attributes, and texts without the blanks around them, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.parts.append(" ".join(data.split()))


def parts_of(text: str) -> list[object]:
    """Return the elements and texts of a page, in order."""
    parser = _Parts()
    parser.feed(text)
    return parser.parts

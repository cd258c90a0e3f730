"""What a picture is: shapes and labels on a plane, each with a role by which a renderer colours it.

Lengths are in the same unit as the size of the letters, which picture.css sets to 13. Nothing here knows SVG.
"""

from __future__ import annotations

from msgspec import Struct

MARGIN = 16  # around the picture
HEAD = 56  # the height of the title and the description above it
LETTER = 7.4  # how wide a letter of that size is at most, on average


# How a mark shows what being listed means, whatever its colour.
MARKS = {"member": "dot", "associate": "dot", "endorser": "ring", "covered": "square"}
EDGES = {"dot": "", "ring": "thick", "square": "thick dashed"}  # of a tile, as of such a mark


class Box(Struct, frozen=True):
    """A rectangle; `level`, from 0 to 1, is how full it is, and `edge` how it is framed: thick, or thick and dashed."""

    x: float
    y: float
    width: float
    height: float
    level: float = 0
    edge: str = ""


class Dot(Struct, frozen=True):
    """A mark around a point: a full circle, a ring, a square, or a small circle for what is absent (`hole`)."""

    x: float
    y: float
    radius: float
    kind: str = "dot"


class Stroke(Struct, frozen=True):
    """A line from one point to another: strong as part of the picture, or faint to guide the eye."""

    x1: float
    y1: float
    x2: float
    y2: float
    strong: bool = False


class Label(Struct, frozen=True):
    """A text at a point of its base line.

    `anchor` is the side of the text at that point: start, middle or end. `on` is the level of the box behind it, from
    which its colour must differ; `faint` is for what is absent.
    """

    x: float
    y: float
    text: str
    anchor: str = "start"
    on: float = 0
    faint: bool = False
    bold: bool = False


class Group(Struct, frozen=True):
    """Shapes that are one thing: `title` says what, where they are pointed at, and `of` is its id, if it has one."""

    title: str
    shapes: tuple[Box | Dot | Label, ...]
    of: str = ""


Shape = Box | Dot | Stroke | Label | Group


class Picture(Struct, frozen=True):
    """A picture with its size, the title and description above it, and the credits (data and sources) below."""

    title: str
    description: str
    credits: tuple[str, ...]
    width: float
    height: float
    shapes: tuple[Shape, ...]

"""The parts of a mechanism: one entry for each of its lists.

Checks, own data, facts, diffs, histories and exports walk this table. A new list of the data is a record and a field
of `Mechanism` in `govmap.model`, and an entry here.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from govmap.language import N_


class Reference(Struct, frozen=True):
    """A field of an item that holds the key of an item of another part.

    Attributes:
        field: The field.
        part: The label of the other part.
        lacking: What is wrong where there is no such item; `{number}` and `{id}` or `{pillar}` are the two keys.

    """

    field: str
    part: str
    lacking: str


class Part(Struct, frozen=True):
    """A list of a mechanism.

    Attributes:
        field: Its field of `Mechanism`.
        key: The field that identifies an item.
        about: What its table in exports holds.
        label: Its name in answers, and its key in the `evidence` of a mechanism; by default the field.
        table: The name of that table; by default the field.
        of: The kind of record that the key names; none where it is the item's own.
        columns: The fields that are its columns, in their order, where that is not the one of the record.
        foreign_key: The column that refers to its table; needed where its items have evidence or themes.
        recurs: Whether an item may come back with another start, as a country does that left and joined again.
        dated_by: The field of the start that tells such items apart.
        twice: What is wrong with two items of one key, which the message holds under the name of the field.
        references: Its references to other parts.
        matched_by: Fields that tell which item of another dataset is the same, the surest first; by default the key.
        sentences: What a history says of items on the date on which they begin, and on which they end; empty where
            this goes without saying, none where it has other words.
        undated: What it says of items whose first day is not known: on the date on which they were seen, and on that
            on which they ended where they never were.
        former: The label of the items that have ended; none where these are no facts.
        needs_source: Whether it is doubtful without evidence.
        rests_on: Where items without evidence have it from: that of the part, or the source of the dataset.
        explained: Whether the note of an item stands in for that of its evidence.
        themes: What the table of the themes of its items holds, if they have themes.
        whole_dates: Whether a year or a month in which an item began counts from its first day.

    """

    field: str
    key: str
    about: str
    label: str = ""
    table: str = ""
    of: Literal["country", "agency", "mechanism"] | None = None
    columns: str = ""
    foreign_key: str | None = None
    recurs: bool = False
    dated_by: str = "since"
    twice: str | None = None
    references: tuple[Reference, ...] = ()
    matched_by: tuple[str, ...] = ()
    sentences: tuple[str, str] | None = None
    undated: tuple[str, str] | None = None
    former: str | None = None
    needs_source: bool = False
    rests_on: Literal["part", "dataset"] = "part"
    explained: bool = False
    themes: str | None = None
    whole_dates: bool = False

    def __post_init__(self) -> None:
        """Fill in what is called as other fields are."""
        for name, default in (("label", self.field), ("table", self.field), ("matched_by", (self.key,))):
            force_setattr(self, name, getattr(self, name) or default)

    @property
    def noun(self) -> str:
        """The word for one item."""
        return (self.foreign_key or self.table).removesuffix("_id")

    def items(self, mechanism: Any) -> tuple[Any, ...]:
        """Return the items of a mechanism."""
        items: tuple[Any, ...] = getattr(mechanism, self.field)
        return items

    def ids(self, mechanism: Any) -> list[str]:
        """Return the ids of the items of a mechanism in tables: `RCM/PER`, or `RCM/PER/2010` of one spell of several.

        The start is in it where it is known or tells it from another of the same key. Where two may have one key and
        one start, it is the place in the list. Ids of the dataset never hold the stroke between.
        """
        items = self.items(mechanism)
        keys = [getattr(item, self.key) for item in items]
        if not self.twice:
            return [f"{mechanism.id}/{place}" for place in range(1, len(items) + 1)]
        ids = [f"{mechanism.id}/{key}" for key in keys]
        if not self.recurs:
            return ids
        starts = (
            item.start if keys.count(key) > 1 else getattr(item, self.dated_by)
            for key, item in zip(keys, items, strict=True)
        )
        return [f"{id_}/{start}" if start else id_ for id_, start in zip(ids, starts, strict=True)]

    def fact_id(self, mechanism: Any, item: Any) -> str:
        """Return the id by which events name an item: RCM/members/PER."""
        return f"{mechanism.id}/{self.label}/{getattr(item, self.key)}"

    def name_of(self, atlas: Any, item: Any) -> str:
        """Return the name of an item, which may be that of the record that its key names, in an `Atlas`."""
        match self.of:
            case "country":
                named = atlas.countries[getattr(item, self.key)]
            case "agency":
                named = atlas.agencies[getattr(item, self.key)]
            case "mechanism":
                named = atlas.stored(getattr(item, self.key))
            case _:
                named = item
        name: str = named.name
        return name

    def key_of(self, item: Any) -> str:
        """Return the key of an item, with its start where that tells it from others: `PER since 2019`."""
        key, start = getattr(item, self.key), item.start if self.recurs else None
        return str(key) if start is None else f"{key} since {start}"


# In the order of the facts: a heading before the groups under it.
PARTS = (
    Part(
        "members",
        key="code",
        of="country",
        recurs=True,
        twice=N_("lists {code} twice; keep one"),
        matched_by=("code start", "code"),
        former="former members",
        needs_source=True,
        table="memberships",
        about="Every spell of a country in a mechanism",
        columns="code relation since until joined_after joined_by as_written",
        foreign_key="membership",
    ),
    Part(
        "unclear_members",
        label="unclear members",
        key="code",
        of="country",
        twice=N_("lists {code} as unclear twice; keep one"),
        rests_on="dataset",
        explained=True,
        about="Countries whose place in a mechanism the source leaves open",
    ),
    Part(
        "observers",
        key="code",
        of="country",
        recurs=True,
        twice=N_("has the observer {code} twice; keep one"),
        matched_by=("code role start", "code role", "code"),
        sentences=(N_("{mechanism}, new as observer: {names}"), N_("{mechanism}, no longer observer: {names}")),
        about="Countries that are beside a mechanism and not in it",
        foreign_key="observer",
    ),
    Part(
        "chairs",
        key="code",
        of="country",
        recurs=True,
        twice=N_("has the chair {code} twice; keep one"),
        matched_by=("code start", "code"),
        sentences=(N_("{mechanism}, new chair: {names}"), ""),
        undated=(N_("{mechanism}, in the chair: {names}"), N_("{mechanism}, in the chair until then: {names}")),
        about="The countries that chair a mechanism, each with the dates between which it is known to",
        foreign_key="chair",
        whole_dates=True,
    ),
    Part(
        "pillars",
        key="number",
        twice=N_("has two pillars with the number {number}; give them different numbers"),
        sentences=(N_("{mechanism}, new pillars: {names}"), N_("{mechanism}, pillars discontinued: {names}")),
        about="Headings under which a mechanism arranges its groups",
        foreign_key="pillar",
        themes="The themes of a pillar",
    ),
    Part(
        "groups",
        key="number",
        recurs=True,
        twice=N_("has two groups with the number {number}; give them different numbers"),
        references=(
            Reference(
                "pillar", "pillars", N_("group {number} names pillar {pillar}, which is not in `pillars`; add it there")
            ),
            Reference(
                "sub_body", "bodies", N_("group {number} names the body {id}, not in `sub_bodies`; add it there")
            ),
        ),
        # A group of another number is the same while it has its name; of another name, while it began on the same day.
        matched_by=("number since name", "name", "number since"),
        sentences=(N_("{mechanism}, new groups: {names}"), N_("{mechanism}, groups discontinued: {names}")),
        needs_source=True,
        about="The working groups of the mechanisms",
        foreign_key="group_id",
        themes="The themes on which a group works",
    ),
    Part(
        "sub_bodies",
        label="bodies",
        key="id",
        twice=N_("has two bodies with the id {id}; keep one"),
        sentences=(N_("{mechanism}, new bodies: {names}"), N_("{mechanism}, bodies discontinued: {names}")),
        explained=True,
        about="Bodies of a mechanism that own some of its groups",
        foreign_key="sub_body",
    ),
    Part(
        "secretariats",
        key="agency",
        of="agency",
        recurs=True,
        matched_by=("agency unit since", "agency"),
        sentences=(N_("{mechanism}, new secretariat: {names}"), N_("{mechanism}, no longer secretariat: {names}")),
        needs_source=True,
        about="The agencies that serve a mechanism as its technical secretariat",
        foreign_key="secretariat",
    ),
    Part(
        "links",
        key="other",
        of="mechanism",
        recurs=True,
        dated_by="date",
        twice=N_("has the link {other} twice; keep one"),
        matched_by=("other kind start", "other start", "other"),
        about="Contacts of two mechanisms",
        foreign_key="link",
    ),
)


def find_part(label: str) -> Part:
    """Return the part with a label."""
    return next(part for part in PARTS if part.label == label)

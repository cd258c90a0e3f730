"""Every record of a dataset as an item: its id, its name, its fields, what tells it from others, its mechanisms.

`tests/data/inventory` holds a dataset of two forums, and its items as they were read and accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from tests.made import read_data

import govmap
from govmap.dataset.index import index_names
from govmap.facts.build import build
from govmap.model import Dataset
from govmap.names.lexicon import Label, WordLists
from govmap.parts.inventory import Item, item_of, take_inventory, words_of

ITEMS = read_data("inventory/items.yaml")


def small(atlas: govmap.Atlas, date: str | None = None, words: WordLists | None = None) -> govmap.Atlas:
    """Return the two forums as of a date, with the words of another dataset or with other ones."""
    dataset = msgspec.convert(read_data("inventory/dataset.yaml"), Dataset)
    lent = {part: atlas.names.read(part) for part in atlas.names.PARTS if part != "word_lists"}
    return govmap.Atlas(build(dataset, index_names(dataset, words, lent) if words else atlas.names), date)


def plain(items: Iterable[Item]) -> Any:
    """Return items as YAML has them."""
    return msgspec.json.decode(msgspec.json.encode(list(items)))


def test_every_record_of_every_date_is_an_item_with_what_is_known_of_it(atlas: govmap.Atlas) -> None:
    assert plain(take_inventory(small(atlas), dated=False)) == ITEMS


def test_as_of_a_date_only_what_held_or_had_happened_is_an_item(atlas: govmap.Atlas) -> None:
    """In 2017 the second spell of Chile had begun and the first ended; the network and the resolution were to come."""
    held = [
        [kind, id_, name, fields, *rest]
        for kind, id_, name, fields, *rest in ITEMS
        if not (id_ in ("A/en/until 2010", "res-1") or id_.split("/")[0] == "B" or "until" in fields)
    ]
    assert plain(take_inventory(small(atlas, "2017"), dated=True)) == held


def test_a_mechanism_is_called_as_it_was_on_the_date(atlas: govmap.Atlas) -> None:
    items = [item for item in take_inventory(small(atlas, "2009"), dated=True) if item.kind == "names"]
    assert items == [("names", "A/en", "Old Forum", {"name": "Old Forum", "acronym": "OF"}, (("A/en",),), ("A",))]


def test_a_word_is_an_item_named_by_its_list_its_language_and_its_theme(atlas: govmap.Atlas) -> None:
    names = ("field", "generic", "neutral", "people", "persons", "setting")
    hidden = (Label("frontera", "borders", "es", hidden=True),)
    lists: dict[str, Any] = {name: ((name.upper(), "en"),) for name in names}
    words = WordLists(not_countries=("Luanda",), hidden=hidden, **lists)
    assert sorted(map(item_of, words_of(small(atlas, words=words)))) == sorted(
        [
            ("words", "hidden/es/borders/frontera", "frontera", {}, (("hidden", "frontera", "es", "borders"),), ()),
            ("words", "not_countries/Luanda", "Luanda", {}, (("not_countries", "Luanda"),), ()),
            *(("words", f"{n}/en/{n.upper()}", n.upper(), {}, ((n, n.upper(), "en"),), ()) for n in names),
        ]
    )

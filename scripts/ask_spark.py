"""Asks Spark, over the files of `export parquet` and their views, what govmap answers; stops where the two differ.

`just spark` runs it; it takes Java 17 and some minutes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

import govmap

Facts = set[tuple[Any, ...]]
Check = tuple[str, str, Callable[[govmap.Atlas], Iterator[tuple[Any, ...]]]]


def with_tables_and_views(spark: SparkSession, folder: Path) -> None:
    """Make the tables of a *folder* known to Spark, and the views over them."""
    for path in folder.glob("*.parquet"):
        spark.sql(f"CREATE TABLE {path.stem} USING parquet LOCATION '{path}'")
    *statements, _end = (folder / "views.sql").read_text(encoding="utf-8").split(";")
    for statement in statements:
        spark.sql(statement)


def seats(atlas: govmap.Atlas) -> Iterator[tuple[Any, ...]]:
    """Yield in which mechanisms `country` says that each country is, and in which not."""
    for code in atlas.countries:
        profile = govmap.country(atlas, atlas.countries[code])
        yield from ((code, seat.id, True) for seat in profile.mechanisms)
        yield from ((code, one.id, False) for one in profile.not_in)


def likeness(atlas: govmap.Atlas) -> Iterator[tuple[Any, ...]]:
    """Yield the figures of `compare` for each two mechanisms."""
    for left, right in permutations(atlas.covered, 2):
        answer: Any = govmap.compare(atlas, left, right)
        (pair,) = answer.pairs
        yield left.id, right.id, pair.shared, pair.only_left, pair.only_right, pair.relation


def groups(atlas: govmap.Atlas) -> Iterator[tuple[Any, ...]]:
    """Yield the groups that `overlap` finds on each theme."""
    for id_, theme in atlas.themes.items():
        answer: Any = govmap.overlap(atlas, theme)
        yield from ((id_, hit.mechanism, hit.number, hit.relevance) for hit in answer.groups)


def reach(atlas: govmap.Atlas) -> Iterator[tuple[Any, ...]]:
    """Yield how many mechanisms `overlap` says reach each country on a theme; none where that is not known."""
    for id_, theme in atlas.themes.items():
        answer: Any = govmap.overlap(atlas, theme)
        not_known = {*answer.themes_unknown, *answer.unclear}
        yield from ((id_, hit.code, len(hit.mechanisms)) for hit in answer.countries)
        yield from ((id_, ref.code, None if ref.code in not_known else 0) for ref in answer.uncovered)


CHECKS: tuple[Check, ...] = (
    ("country", "SELECT country, mechanism, seated FROM country_profile", seats),
    (
        "compare",
        "SELECT left_mechanism, right_mechanism, shared, only_left, only_right, relation FROM mechanism_pairs",
        likeness,
    ),
    ("overlap, groups", "SELECT theme, mechanism, number, relevance FROM theme_groups", groups),
    ("overlap, countries", "SELECT theme, country, mechanisms FROM theme_countries", reach),
)


def main() -> None:
    """Compare the two on each question; raise SystemExit where they differ."""
    atlas = govmap.load()
    with tempfile.TemporaryDirectory() as scratch:
        atlas.export("parquet", Path(scratch, "govmap-parquet"))
        builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 1)
        builder = builder.config("spark.sql.warehouse.dir", str(Path(scratch, "warehouse")))
        spark = builder.config("spark.ui.enabled", value=False).getOrCreate()
        with_tables_and_views(spark, Path(scratch, "govmap-parquet"))
        for name, query, answers in CHECKS:
            found: Facts = set(map(tuple, spark.sql(query).collect()))
            expected = set(answers(atlas))
            if found != expected:
                raise SystemExit(f"{name}: Spark has {len(found - expected)} others, lacks {len(expected - found)}")
            print(f"{name}: {len(found)} rows, the same")
        spark.stop()


if __name__ == "__main__":
    main()

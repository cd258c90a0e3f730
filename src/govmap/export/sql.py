"""The SQL that both databases understand: the tables, and the views that answer the main questions.

docs/sql.md shows the views and how to ask them; a test compares the two, and the answers with those of the queries.
"""

from __future__ import annotations

from collections.abc import Iterator

from govmap.export.columns import Column, Table

TYPES = {"text": "TEXT", "date": "TEXT", "integer": "BIGINT", "boolean": "BOOLEAN"}

# By name, each after those that it builds on. The casts give what they hold a type in SQLite, too: without, Datasette
# compares its filters with them as texts.
VIEWS = {
    "seats": """
SELECT DISTINCT s.country, c.name AS country_name, s.mechanism, m.name AS mechanism_name
FROM memberships AS s
JOIN countries AS c ON c.alpha3 = s.country
JOIN mechanisms AS m ON m.id = s.mechanism
WHERE s.in_force
""",
    "country_profile": """
SELECT c.alpha3 AS country, c.name AS country_name, m.id AS mechanism, m.name AS mechanism_name,
       CAST(s.id IS NOT NULL AS BOOLEAN) AS seated, s.relation, s.since, s.until, s.joined_after, s.joined_by,
       CASE WHEN s.id IS NULL THEN u.note END AS note
FROM countries AS c
CROSS JOIN mechanisms AS m
LEFT JOIN memberships AS s ON s.country = c.alpha3 AND s.mechanism = m.id AND s.in_force
LEFT JOIN unclear_members AS u ON u.country = c.alpha3 AND u.mechanism = m.id
WHERE m.coverage = 'full' AND m.in_force
""",
    "theme_mechanisms": """
SELECT DISTINCT t.id AS theme, t.label, g.mechanism
FROM themes AS t
JOIN group_themes AS w ON w.theme = t.id
JOIN groups AS g ON g.id = w.group_id AND g.in_force
""",
    "country_themes": """
SELECT s.country, s.country_name, t.theme, t.label, t.mechanism
FROM seats AS s JOIN theme_mechanisms AS t ON t.mechanism = s.mechanism
""",
    "mechanism_pairs": """
WITH sizes AS (
    SELECT m.id, count(s.country) AS size
    FROM mechanisms AS m LEFT JOIN seats AS s ON s.mechanism = m.id
    WHERE m.coverage = 'full' AND m.in_force
    GROUP BY m.id
), counted AS (
    SELECT a.id AS left_mechanism, b.id AS right_mechanism, a.size AS left_size, b.size AS right_size,
           (SELECT count(*) FROM seats AS x JOIN seats AS y ON y.country = x.country
            WHERE x.mechanism = a.id AND y.mechanism = b.id) AS shared
    FROM sizes AS a JOIN sizes AS b ON b.id <> a.id
)
SELECT left_mechanism, right_mechanism, shared, left_size - shared AS only_left, right_size - shared AS only_right,
       coalesce(1.0 * shared / nullif(left_size + right_size - shared, 0), 0.0) AS jaccard,
       1.0 * shared / nullif(left_size, 0) AS containment_left,
       1.0 * shared / nullif(right_size, 0) AS containment_right,
       CASE WHEN shared = 0 THEN 'disjoint'
            WHEN shared = left_size AND shared = right_size THEN 'equal'
            WHEN shared = right_size THEN 'contains'
            WHEN shared = left_size THEN 'within'
            ELSE 'overlapping' END AS relation
FROM counted
""",
    "theme_groups": """
WITH RECURSIVE below (theme, neighbour) AS (
    SELECT broader, id FROM themes WHERE broader IS NOT NULL
    UNION
    SELECT b.theme, t.id FROM below AS b JOIN themes AS t ON t.broader = b.neighbour
), near (theme, neighbour) AS (
    SELECT theme, related FROM theme_related
    UNION
    SELECT id, broader FROM themes WHERE broader IS NOT NULL
    UNION
    SELECT theme, neighbour FROM below WHERE theme NOT IN (SELECT theme FROM theme_mechanisms)
), found (theme, relevance, group_id) AS (
    SELECT theme, 'direct', group_id FROM group_themes
    UNION
    SELECT n.theme, 'related', w.group_id FROM near AS n JOIN group_themes AS w ON w.theme = n.neighbour
)
SELECT f.theme, min(f.relevance) AS relevance, g.id AS group_id, g.mechanism, g.number, g.name
FROM found AS f JOIN groups AS g ON g.id = f.group_id AND g.in_force
GROUP BY f.theme, g.id, g.mechanism, g.number, g.name
""",
    "theme_countries": """
WITH basis AS (
    SELECT theme, min(relevance) AS relevance FROM theme_groups GROUP BY theme
), working AS (
    SELECT DISTINCT g.theme, g.mechanism
    FROM theme_groups AS g JOIN basis AS b ON b.theme = g.theme AND b.relevance = g.relevance
), parties AS (
    SELECT DISTINCT country, country_name FROM seats
)
SELECT t.id AS theme, t.label, p.country, p.country_name, CAST(count(s.mechanism) AS INTEGER) AS mechanisms
FROM themes AS t
CROSS JOIN parties AS p
LEFT JOIN working AS w ON w.theme = t.id
LEFT JOIN seats AS s ON s.country = p.country AND s.mechanism = w.mechanism
GROUP BY t.id, t.label, p.country, p.country_name
""",
    "country_gaps": """
SELECT p.country, p.country_name, t.theme, t.label, t.mechanism
FROM (SELECT DISTINCT country, country_name FROM seats) AS p
CROSS JOIN theme_mechanisms AS t
LEFT JOIN country_themes AS c ON c.country = p.country AND c.theme = t.theme
WHERE c.theme IS NULL
""",
}


def create_table(table: Table, keys: dict[str, str], *, may_refer_to_itself: bool = True) -> str:
    """Return the statement that makes *table*.

    Args:
        table: The table.
        keys: By the name of each table, the first column of its key, which others refer to.
        may_refer_to_itself: Whether to write the foreign keys that lead back into the same table.

    """
    parts = [f'"{column.name}" {TYPES[column.type]}{_required(column)}' for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(_quoted(name) for name in table.key)})")
    for column in table.columns:
        if column.refers and (may_refer_to_itself or column.refers != table.name):
            target = f"{_quoted(column.refers)} ({_quoted(keys[column.refers])})"
            parts.append(f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {target}")
    return f"CREATE TABLE {_quoted(table.name)} (\n    " + ",\n    ".join(parts) + "\n)"


def create_views() -> Iterator[str]:
    """Yield the statements that make the views, in their order."""
    for name, select in VIEWS.items():
        yield f"CREATE VIEW {name} AS{select.rstrip()}"


def parents_first(tables: tuple[Table, ...]) -> list[Table]:
    """Return *tables* in an order in which each stands after those that it refers to."""
    ordered: dict[str, Table] = {}
    while len(ordered) < len(tables):
        for table in tables:
            if {column.refers for column in table.columns} <= {None, table.name, *ordered}:
                ordered.setdefault(table.name, table)
    return list(ordered.values())


def _quoted(name: str) -> str:
    return f'"{name}"'


def _required(column: Column) -> str:
    return "" if column.optional else " NOT NULL"

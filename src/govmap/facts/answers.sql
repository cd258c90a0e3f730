-- The views that answer the main questions, over those of tables.sql and in the same SQL, each after those that it builds
-- on. The casts give what they hold a type in SQLite, too: without, Datasette compares its filters with them as texts.
-- docs/how-to/sql.md shows the views and how to ask them.

CREATE VIEW seats AS
SELECT DISTINCT s.country, c.name AS country_name, s.mechanism, m.name AS mechanism_name
FROM memberships AS s
JOIN countries AS c ON c.alpha3 = s.country
JOIN mechanisms AS m ON m.id = s.mechanism
WHERE s.in_force AND s.scope = 'note';

CREATE VIEW country_profile AS
SELECT c.alpha3 AS country, c.name AS country_name, m.id AS mechanism, m.name AS mechanism_name,
       CAST(s.id IS NOT NULL AS BOOLEAN) AS seated, s.relation, s.since, s.until,
       coalesce(s.joined_after, o.joined_after) AS joined_after, coalesce(s.joined_by, o.joined_by) AS joined_by,
       CASE WHEN s.id IS NULL THEN u.note END AS note,
       CAST(s.id IS NULL AND (u.country IS NOT NULL OR o.id IS NOT NULL) AS BOOLEAN) AS unclear
FROM countries AS c
CROSS JOIN mechanisms AS m
CROSS JOIN about AS a
LEFT JOIN memberships AS s ON s.country = c.alpha3 AND s.mechanism = m.id AND s.in_force
LEFT JOIN unclear_members AS u ON u.country = c.alpha3 AND u.mechanism = m.id
LEFT JOIN memberships AS o ON o.country = c.alpha3 AND o.mechanism = m.id AND o.since IS NULL AND s.id IS NULL
 AND a.as_of || substr('0000-12-31', length(a.as_of) + 1) < o.joined_by || substr('0000-12-31', length(o.joined_by) + 1)
 AND (o.joined_after IS NULL OR a.as_of || substr('0000-12-31', length(a.as_of) + 1)
                              > o.joined_after || substr('0000-12-31', length(o.joined_after) + 1))
WHERE m.coverage = 'full' AND m.scope = 'note' AND m.in_force;

CREATE VIEW theme_mechanisms AS
SELECT DISTINCT t.id AS theme, t.label, g.mechanism
FROM themes AS t
JOIN group_themes AS w ON w.theme = t.id
JOIN groups AS g ON g.id = w.group_id AND g.in_force AND g.scope = 'note';

CREATE VIEW country_themes AS
SELECT s.country, s.country_name, t.theme, t.label, t.mechanism
FROM seats AS s JOIN theme_mechanisms AS t ON t.mechanism = s.mechanism;

CREATE VIEW mechanism_pairs AS
WITH sizes AS (
    SELECT m.id, count(s.country) AS size
    FROM mechanisms AS m LEFT JOIN seats AS s ON s.mechanism = m.id
    WHERE m.coverage = 'full' AND m.scope = 'note' AND m.in_force
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
FROM counted;

CREATE VIEW theme_groups AS
WITH RECURSIVE below (theme, neighbour) AS (
    SELECT broader, id FROM themes WHERE broader IS NOT NULL
    UNION ALL
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
FROM found AS f JOIN groups AS g ON g.id = f.group_id AND g.in_force AND g.scope = 'note'
GROUP BY f.theme, g.id, g.mechanism, g.number, g.name;

CREATE VIEW theme_countries AS
WITH basis AS (
    SELECT theme, min(relevance) AS relevance FROM theme_groups GROUP BY theme
), working AS (
    SELECT DISTINCT g.theme, g.mechanism
    FROM theme_groups AS g JOIN basis AS b ON b.theme = g.theme AND b.relevance = g.relevance
), everyone AS (
    SELECT c.alpha3 AS country, c.name AS country_name FROM universe AS u JOIN countries AS c ON c.alpha3 = u.country
), unknown AS (
    SELECT country FROM seats
    GROUP BY country HAVING max(CASE WHEN mechanism IN (SELECT mechanism FROM groups) THEN 1 ELSE 0 END) = 0
), left_open AS (
    SELECT country, mechanism FROM country_profile WHERE unclear
)
SELECT t.id AS theme, t.label, p.country, p.country_name,
       CAST(CASE WHEN p.country NOT IN (SELECT country FROM unknown) AND (count(s.mechanism) > 0 OR count(o.mechanism) = 0)
                 THEN count(s.mechanism) END AS INTEGER) AS mechanisms
FROM themes AS t
CROSS JOIN everyone AS p
LEFT JOIN working AS w ON w.theme = t.id
LEFT JOIN seats AS s ON s.country = p.country AND s.mechanism = w.mechanism
LEFT JOIN left_open AS o ON o.country = p.country AND o.mechanism = w.mechanism
GROUP BY t.id, t.label, p.country, p.country_name;

CREATE VIEW country_gaps AS
WITH unknown AS (
    SELECT country FROM seats
    GROUP BY country HAVING max(CASE WHEN mechanism IN (SELECT mechanism FROM groups) THEN 1 ELSE 0 END) = 0
)
SELECT p.alpha3 AS country, p.name AS country_name, t.theme, t.label, t.mechanism,
       CAST(u.country IN (SELECT country FROM unknown) AS BOOLEAN) AS nothing_known
FROM universe AS u
JOIN countries AS p ON p.alpha3 = u.country
CROSS JOIN theme_mechanisms AS t
LEFT JOIN country_themes AS c ON c.country = u.country AND c.theme = t.theme
WHERE c.theme IS NULL;

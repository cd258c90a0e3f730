-- What Datasette offers to ask, each under its name and its title. A name is found by its words, in any language, as the
-- search finds it; all that have them are answered on, so that none is guessed.

-- country: Where does a country sit, and where not?
SELECT country_name, mechanism, mechanism_name, seated, relation, since, until, note, unclear
FROM country_profile
WHERE country IN (SELECT id FROM search WHERE kind = 'country' AND search MATCH '"' || replace(:country, '"', ' ') || '"')
   OR country = upper(:country)
ORDER BY country_name, seated DESC, mechanism;

-- mechanism: Which countries does a mechanism list?
SELECT m.name AS mechanism, c.name AS country, s.relation, s.since, s.until
FROM memberships AS s
JOIN mechanisms AS m ON m.id = s.mechanism
JOIN countries AS c ON c.alpha3 = s.country
WHERE s.in_force AND s.mechanism IN (
    SELECT id FROM search WHERE kind = 'mechanism' AND search MATCH '"' || replace(:mechanism, '"', ' ') || '"')
ORDER BY m.name, c.name;

-- overlap: Which groups work on a theme?
SELECT t.label AS theme, g.relevance, g.mechanism, g.number, g.name AS "group"
FROM theme_groups AS g
JOIN themes AS t ON t.id = g.theme
WHERE g.theme IN (SELECT id FROM search WHERE kind = 'theme' AND search MATCH '"' || replace(:theme, '"', ' ') || '"')
ORDER BY t.label, g.relevance, g.mechanism, g.number;

-- reached: How many mechanisms that work on a theme list which country?
SELECT label AS theme, country_name AS country, mechanisms
FROM theme_countries
WHERE theme IN (SELECT id FROM search WHERE kind = 'theme' AND search MATCH '"' || replace(:theme, '"', ' ') || '"')
ORDER BY label, mechanisms DESC, country_name;

-- compare: Which countries are in two mechanisms, and which in one alone?
SELECT c.name AS country, CAST(max(s.mechanism = upper(:left)) AS BOOLEAN) AS "left",
       CAST(max(s.mechanism = upper(:right)) AS BOOLEAN) AS "right"
FROM memberships AS s
JOIN countries AS c ON c.alpha3 = s.country
WHERE s.in_force AND s.mechanism IN (upper(:left), upper(:right))
GROUP BY c.name
ORDER BY "left" + "right" DESC, "left" DESC, c.name;

-- gaps: On which themes does a country sit in no group, and who has one?
SELECT country_name AS country, label AS theme, mechanism, nothing_known
FROM country_gaps
WHERE country IN (SELECT id FROM search WHERE kind = 'country' AND search MATCH '"' || replace(:country, '"', ' ') || '"')
   OR country = upper(:country)
ORDER BY country_name, label, mechanism;

-- similar: Which mechanisms have most of their countries in common?
SELECT left_mechanism, right_mechanism, shared, only_left, only_right, round(jaccard, 2) AS jaccard, relation
FROM mechanism_pairs
WHERE left_mechanism < right_mechanism
ORDER BY mechanism_pairs.jaccard DESC, left_mechanism, right_mechanism;

-- history: What happened, the newest first?
SELECT e.date, e.until, e.kind, group_concat(m.mechanism, ' ') AS mechanisms, e.text
FROM events AS e
LEFT JOIN event_mechanisms AS m ON m.event = e.number
GROUP BY e.number
ORDER BY e.date DESC, e.number DESC;

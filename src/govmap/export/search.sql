-- Every name that can be searched in SQLite, and what has it: the kind and the id, and the record itself in the column of
-- its kind, which is a foreign key but for groups, so that tools such as Datasette lead there. Accents and case make no
-- difference.

CREATE TABLE names (
    name TEXT NOT NULL,
    languages TEXT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    mechanism TEXT REFERENCES mechanism (id),
    group_id TEXT,
    theme TEXT REFERENCES theme (id),
    country TEXT REFERENCES country (id),
    agency TEXT REFERENCES agency (id)
);

INSERT INTO names
WITH every (kind, id, name, language) AS (
    SELECT 'mechanism', id, id, NULL FROM mechanisms
    UNION SELECT 'mechanism', mechanism, name, language FROM mechanism_names WHERE name IS NOT NULL
    UNION SELECT 'mechanism', mechanism, acronym, language FROM mechanism_names WHERE acronym IS NOT NULL
    UNION SELECT 'mechanism', mechanism, alias, NULL FROM mechanism_aliases
    UNION SELECT 'mechanism', f.mechanism, n.name, n.language FROM mechanism_former_names AS f
      JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.name IS NOT NULL
    UNION SELECT 'mechanism', f.mechanism, n.acronym, n.language FROM mechanism_former_names AS f
      JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.acronym IS NOT NULL
    UNION SELECT 'group', id, name, 'en' FROM groups
    UNION SELECT 'group', record, text, language FROM translations WHERE table_name = 'groups' AND column_name = 'name'
    UNION SELECT 'theme', theme, label, language FROM theme_labels
    UNION SELECT 'country', country, name, language FROM country_names
    UNION SELECT 'country', country, alias, NULL FROM country_aliases
    UNION SELECT 'agency', agency, name, language FROM agency_names WHERE name IS NOT NULL
    UNION SELECT 'agency', agency, acronym, language FROM agency_names WHERE acronym IS NOT NULL
    UNION SELECT 'agency', agency, alias, NULL FROM agency_aliases
    ORDER BY 1, 2, 3, 4
)
SELECT name, group_concat(language, ' '), kind, id,
       CASE kind WHEN 'mechanism' THEN id END, CASE kind WHEN 'group' THEN id END, CASE kind WHEN 'theme' THEN id END,
       CASE kind WHEN 'country' THEN id END, CASE kind WHEN 'agency' THEN id END
FROM every GROUP BY kind, id, name ORDER BY kind, id, name;

CREATE VIRTUAL TABLE search USING fts5(
    kind UNINDEXED, id UNINDEXED, name, content="names", tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO search (search) VALUES ('rebuild');

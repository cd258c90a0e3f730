-- What can be searched in SQLite: the kind, the id and the text of each name. Accents and case make no difference.

CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, id UNINDEXED, name, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO search (kind, id, name)
SELECT 'mechanism', id, id FROM mechanisms
UNION SELECT 'mechanism', mechanism, name FROM mechanism_names WHERE name IS NOT NULL
UNION SELECT 'mechanism', mechanism, acronym FROM mechanism_names WHERE acronym IS NOT NULL
UNION SELECT 'mechanism', mechanism, alias FROM mechanism_aliases
UNION SELECT 'mechanism', f.mechanism, n.name FROM mechanism_former_names AS f
  JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.name IS NOT NULL
UNION SELECT 'mechanism', f.mechanism, n.acronym FROM mechanism_former_names AS f
  JOIN former_name_languages AS n ON n.former_name = f.id WHERE n.acronym IS NOT NULL
UNION SELECT 'group', id, name FROM groups
UNION SELECT 'theme', theme, label FROM theme_labels
UNION SELECT 'country', country, name FROM country_names
UNION SELECT 'country', country, alias FROM country_aliases
UNION SELECT 'agency', agency, name FROM agency_names WHERE name IS NOT NULL
UNION SELECT 'agency', agency, acronym FROM agency_names WHERE acronym IS NOT NULL
UNION SELECT 'agency', agency, alias FROM agency_aliases
ORDER BY 1, 2, 3;

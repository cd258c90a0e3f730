-- The tables for people: views over the facts, which answer as of the day in the table `dataset`. tables.tsv says what
-- each holds. Standard SQL, which SQLite, DuckDB and Spark understand: no statement holds a quoted name, a function that
-- only one of them has, or a semicolon but at its end. The casts to boolean give a column its type in SQLite, too.

-- Helpers: the languages, the text of a number in English, and in each language that it has.
create view languages as
select 1 as position, 'en' as code union all select 2, 'es' union all select 3, 'pt' union all select 4, 'fr';

create view english as
select id as number, coalesce(plain, en) as words from text;

create view wordings as
select id as number, 1 as position, 'en' as language, en as words from text where en is not null
union all select id, 2, 'es', es from text where es is not null
union all select id, 3, 'pt', pt from text where pt is not null
union all select id, 4, 'fr', fr from text where fr is not null;

-- A fact with its mechanism, and whether it holds on the day.
create view dated_facts as
select f.*, m.position as mechanism_position, m.scope, m.relation,
       cast(m.begins <= d.day and d.day < m.ends and f.begins <= d.day and d.day < f.ends as boolean) as in_force
from fact as f
join mechanism as m on m.id = f.mechanism
cross join dataset as d;

-- What each piece of evidence is about.
create view assessed as
select m.position as mechanism_position, 0 as part_position, f.position, f.evidence as assessment,
       'former name/' || f.key as id, f.mechanism, 'named until ' || f.until as part, null as item
from fact as f join mechanism as m on m.id = f.mechanism
where f.part = 'names' and f.evidence is not null
union all
select m.position, 1, l.position, l.evidence, 'part/' || l.mechanism || '/' || l.part, l.mechanism, l.part, null
from list as l join mechanism as m on m.id = l.mechanism
union all
select m.position, 1 + p.position, f.position, f.evidence, p.noun || '/' || f.key, f.mechanism, f.part, f.key
from fact as f join mechanism as m on m.id = f.mechanism join part as p on p.label = f.part
where f.evidence is not null;

-- Each text that is not a name with a table of its own: the cell that has it in English, and its place in the order.
create view translated as
select 1 as block, m.position as first_place, 0 as second_place, 0 as third_place, 1 as fourth_place,
       'mechanisms' as table_name, m.id as record, 'note' as column_name, m.note as number
from mechanism as m
union all select 1, m.position, 0, 0, 2, 'mechanisms', m.id, 'secretariats_note', m.secretariats_note from mechanism as m
union all
select 1, m.position, p.position, f.position, c.place, p.table_name, f.key, c.name,
       case c.name when 'name' then f.name when 'unit' then f.unit else f.note end
from fact as f
join mechanism as m on m.id = f.mechanism
join part as p on p.label = f.part
cross join (
  select 1 as place, 'name' as name union all select 2, 'unit' union all select 3, 'note'
) as c
union all
select 2, a.mechanism_position, a.part_position, a.position, 1, 'evidence', a.id, 'note', e.note
from assessed as a join assessment as e on e.id = a.assessment
union all select 3, id, 0, 0, 1, 'events', cast(id as varchar(20)), 'text', text from event
union all select 4, position, 0, 0, 1, 'resolutions', id, 'body', body from resolution
union all select 4, position, 0, 0, 2, 'resolutions', id, 'note', note from resolution
union all select 5, position, 0, 0, 1, 'sources', id, 'title', title from source
union all select 5, position, 0, 0, 2, 'sources', id, 'publisher', publisher from source;

-- The dataset, and who is left out.
create view about as
select title, version, reference_date, as_of, date, author, source, licence, statement from dataset;

create view universe as
select country from declared
union
select f.item from fact as f join mechanism as m on m.id = f.mechanism cross join dataset as d
where f.part = 'members' and (d.scope = 'all' or m.scope = 'note')
order by 1;

-- Mechanisms.
create view mechanisms as
select m.id, n.words as name, m.kind, m.scope, m.coverage, m.relation, m.parent, m.founded, m.until, m.website,
       m.as_written, m.members_as_written, m.group_label, m.groups_as_written, m.numbering,
       s.words as secretariats_note, o.words as note,
       cast(m.begins <= d.day and d.day < m.ends as boolean) as in_force
from mechanism as m
cross join dataset as d
join fact as f on f.mechanism = m.id and f.part = 'names' and f.until is null
join english as n on n.number = f.name
left join english as s on s.number = m.secretariats_note
left join english as o on o.number = m.note
order by m.position;

create view group_leads as
select f.key as group_id, l.country
from fact as f join fact_lead as l on l.fact = f.id
group by f.id, f.key, l.country order by f.id, min(l.position);

create view mechanism_names as
select f.mechanism, l.code as language, n.words as name, a.words as acronym,
       cast(p.language is not null as boolean) as proposed
from fact as f
join mechanism as m on m.id = f.mechanism
cross join languages as l
left join wordings as n on n.number = f.name and n.language = l.code
left join wordings as a on a.number = f.acronym and a.language = l.code
left join wording as p on p.text = f.name and p.language = l.code
where f.part = 'names' and f.until is null and coalesce(n.words, a.words, p.language) is not null
order by m.position, l.position;

create view mechanism_former_names as
select f.key as id, f.mechanism, n.words as name, f.until, f.in_force
from dated_facts as f join english as n on n.number = f.name
where f.part = 'names' and f.until is not null
order by f.mechanism_position, f.position;

create view former_name_languages as
select f.key as former_name, l.code as language, n.words as name, a.words as acronym,
       cast(p.language is not null as boolean) as proposed
from fact as f
join mechanism as m on m.id = f.mechanism
cross join languages as l
left join wordings as n on n.number = f.name and n.language = l.code
left join wordings as a on a.number = f.acronym and a.language = l.code
left join wording as p on p.text = f.name and p.language = l.code
where f.part = 'names' and f.until is not null and coalesce(n.words, a.words, p.language) is not null
order by m.position, f.position, l.position;

create view mechanism_aliases as
select m.id as mechanism, a.name as alias
from alias as a join mechanism as m on m.id = a.id
where a.kind = 'mechanism'
group by m.position, m.id, a.name order by m.position, min(a.position);

-- The parts of mechanisms.
-- Part-dates may let two spells of one country meet: then the later one is in force.
create view memberships as
select f.key as id, f.mechanism, f.item as country, coalesce(f.role, f.relation, 'member') as relation, f.since, f.until,
       f.joined_after, f.joined_by, f.as_written,
       cast(f.in_force and not exists (
         select 1 from dated_facts as later
         where later.mechanism = f.mechanism and later.part = 'members' and later.item = f.item and later.in_force
           and (later.begins > f.begins or later.begins = f.begins and later.id > f.id)
       ) as boolean) as in_force, f.scope
from dated_facts as f where f.part = 'members' order by f.id;

create view unclear_members as
select f.mechanism, f.item as country, n.words as note, f.scope
from dated_facts as f join english as n on n.number = f.note
where f.part = 'unclear members' order by f.id;

create view observers as
select key as id, mechanism, item as country, role, seen, joined_after, since, until, in_force, scope
from dated_facts where part = 'observers' order by dated_facts.id;

create view chairs as
select key as id, mechanism, item as country, seen, since, until, in_force, scope
from dated_facts where part = 'chairs' order by dated_facts.id;

create view secretariats as
select f.key as id, f.mechanism, f.position, f.item as agency, u.words as unit, f.as_written, n.words as note,
       f.since, f.until, f.in_force, f.scope
from dated_facts as f
left join english as u on u.number = f.unit
left join english as n on n.number = f.note
where f.part = 'secretariats' order by f.id;

create view links as
select f.key as id, f.mechanism, f.item as other, f.role as kind, f.since as date, f.until, n.words as note, f.scope
from dated_facts as f left join english as n on n.number = f.note
where f.part = 'links' order by f.id;

create view groups as
select f.key as id, f.mechanism, cast(f.item as bigint) as number, n.words as name, f.as_written,
       f.mechanism || '/' || f.pillar as pillar, f.mechanism || '/' || f.sub_body as sub_body, f.other_number,
       f.leads_since, f.since, f.until, f.in_force, f.scope
from dated_facts as f join english as n on n.number = f.name
where f.part = 'groups' order by f.id;

create view group_themes as
select f.key as group_id, t.theme
from fact as f join fact_theme as t on t.fact = f.id
where f.part = 'groups' group by f.id, f.key, t.theme order by f.id, min(t.position);

create view pillars as
select f.key as id, f.mechanism, cast(f.item as bigint) as number, n.words as name, f.as_written, f.since, f.until,
       f.in_force, f.scope
from dated_facts as f join english as n on n.number = f.name
where f.part = 'pillars' order by f.id;

create view pillar_themes as
select f.key as pillar, t.theme
from fact as f join fact_theme as t on t.fact = f.id
where f.part = 'pillars' group by f.id, f.key, t.theme order by f.id, min(t.position);

create view sub_bodies as
select f.key as id, f.mechanism, n.words as name, o.words as note, f.since, f.until, f.in_force, f.scope
from dated_facts as f
join english as n on n.number = f.name
left join english as o on o.number = f.note
where f.part = 'bodies' order by f.id;

-- Countries and agencies.
create view countries as
select c.id as alpha3, nullif(c.alpha2, '') as alpha2, nullif(c.numeric, '') as numeric, n.words as name, c.kind,
       nullif(c.sovereign, '') as sovereign, nullif(c.region, '') as region
from country as c join english as n on n.number = c.name
order by c.position;

create view country_names as
select c.id as country, n.language, n.words as name
from country as c join wordings as n on n.number = c.name
order by c.position, n.position;

create view country_aliases as
select c.id as country, a.name as alias
from alias as a join country as c on c.id = a.id
where a.kind = 'country'
group by c.position, c.id, a.name order by c.position, min(a.position);

create view agencies as
select a.id, n.words as name
from agency as a join english as n on n.number = a.name
order by a.position;

create view agency_names as
select a.id as agency, l.code as language, n.words as name, s.words as acronym
from agency as a
cross join languages as l
left join wordings as n on n.number = a.name and n.language = l.code
left join wordings as s on s.number = a.acronym and s.language = l.code
where coalesce(n.words, s.words) is not null
order by a.position, l.position;

create view agency_aliases as
select g.id as agency, a.name as alias
from alias as a join agency as g on g.id = a.id
where a.kind = 'agency'
group by g.position, g.id, a.name order by g.position, min(a.position);

-- Themes, and the categories of the source.
create view themes as
select t.id, l.words as label, t.broader, t.note
from theme as t join english as l on l.number = t.label
order by t.position;

create view theme_labels as
select theme, language, kind, label, label_source, cast(label_source = 'X' as boolean) as proposed
from (
  select t.position as theme_position, 1 as kind_position, l.position, t.id as theme, l.language, 'preferred' as kind,
         l.words as label, s.code as label_source
  from theme as t
  join wordings as l on l.number = t.label
  left join theme_label_source as s on s.theme = t.id and s.language = l.language
  union all
  select t.position, 2, min(l.position), t.id, l.language, 'alternative', l.label, null
  from theme_label as l join theme as t on t.id = l.theme
  group by t.position, t.id, l.language, l.label
) as labels
order by theme_position, kind_position, position;

create view theme_related as
select t.id as theme, n.related
from theme_neighbour as n join theme as t on t.id = n.theme
group by t.position, t.id, n.related order by t.position, min(n.position);

create view theme_matches as
select t.id as theme, m.concept
from theme_match as m join theme as t on t.id = m.theme
group by t.position, t.id, m.concept order by t.position, min(m.position);

create view theme_never_alone as
select t.id as theme, w.word
from theme_word as w join theme as t on t.id = w.theme
group by t.position, t.id, w.word order by t.position, min(w.position);

create view categories as
select number, label from category order by position;

create view category_labels as
select c.number as category, l.language, l.words as label
from category as c join wordings as l on l.number = c.labels
order by c.position, l.position;

create view category_themes as
select c.number as category, t.theme
from category_theme as t join category as c on c.number = t.category
group by c.position, c.number, t.theme order by c.position, min(t.position);

-- Sources and evidence.
create view sources as
select s.id, t.words as title, p.words as publisher, s.date, s.url, s.kind, s.looked_up, s.language, s.isbn, s.series
from source as s
join english as t on t.number = s.title
join english as p on p.number = s.publisher
order by s.position;

create view source_authors as
select s.id as source, a.author
from source_author as a join source as s on s.id = a.source
group by s.position, s.id, a.author order by s.position, min(a.position);

create view evidence as
select a.id, a.mechanism, a.part,
       case when a.part = 'members' then a.item end as membership,
       case when a.part = 'observers' then a.item end as observer,
       case when a.part = 'chairs' then a.item end as chair,
       case when a.part = 'groups' then a.item end as group_id,
       case when a.part = 'secretariats' then a.item end as secretariat,
       case when a.part = 'links' then a.item end as link,
       e.status, e.as_of, n.words as note
from assessed as a
join assessment as e on e.id = a.assessment
left join english as n on n.number = e.note
order by a.mechanism_position, a.part_position, a.position;

create view evidence_sources as
select a.id as evidence, s.source
from assessed as a join assessment_source as s on s.assessment = a.assessment
group by a.mechanism_position, a.part_position, a.position, a.id, s.source
order by a.mechanism_position, a.part_position, a.position, min(s.position);

-- Events and resolutions.
create view events as
select e.id as number, e.date, e.until, e.kind, e.concerns, cast(e.carried as boolean) as carried, t.words as text,
       e.as_written
from event as e join english as t on t.number = e.text
order by e.id;

create view event_mechanisms as
select event, mechanism from event_mechanism group by event, mechanism order by event, min(position);

create view event_countries as
select event, country from event_country group by event, country order by event, min(position);

create view event_facts as
select event, fact from event_fact group by event, fact order by event, min(position);

create view event_themes as
select event, theme from event_theme group by event, theme order by event, min(position);

create view event_sources as
select event, source from event_source group by event, source order by event, min(position);

create view resolutions as
select r.id, r.number, r.title, b.words as body, r.kind, r.date, r.until, r.as_written, n.words as note
from resolution as r
join english as b on b.number = r.body
left join english as n on n.number = r.note
order by r.position;

create view resolution_points as
select p.resolution, p.says, t.words as text, m.mechanism
from point as p
join english as t on t.number = p.text
join point_mechanism as m on m.point = p.id
group by p.resolution, p.says, t.words, m.mechanism order by min(p.id), min(m.position);

create view resolution_sources as
select r.id as resolution, s.source
from resolution_source as s join resolution as r on r.id = s.resolution
group by r.position, r.id, s.source order by r.position, min(s.position);

-- Texts by language: first those that a source has, then the dataset's own.
create view translations as
select t.table_name, t.record, t.column_name, l.code as language, coalesce(w.words, e.words) as text, s.source
from translated as t
join english as e on e.number = t.number
cross join languages as l
left join wordings as w on w.number = t.number and w.language = l.code
left join wording as s on s.text = t.number and s.language = l.code and s.source is not null
where coalesce(w.words, s.source) is not null
order by t.block, t.first_place, t.second_place, t.third_place, t.fourth_place, coalesce(s.position, 100 + l.position);

create view corrections as
select id as number, kind, record as id, part, item, change, since from correction order by correction.id;

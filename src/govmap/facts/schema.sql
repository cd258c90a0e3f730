-- The format of a dataset: dated, sourced facts on mechanisms, and what they refer to.
--
-- People write a part-date: a year, a month or a day. Beside these texts stand days (YYYY-MM-DD, which sort as text), worked
-- out once, when the database is built: a fact holds from the day `begins` until the day before `ends`; from `may_begin`
-- until the day before `begins` it is not known whether it does.
-- A `position` keeps the order of the data files, from 1.

pragma application_id = 1735358064;  -- "govp"
pragma user_version = 1;

create table dataset (
  title          text not null,
  version        text not null,
  reference_date text not null,
  date           text,
  author         text,
  source         text,
  licence        text,
  statement      text,
  as_of          text not null,   -- the part-date that the views of tables.sql and answers.sql answer for,
  day            text not null,   -- its day,
  scope          text not null    -- and on whom where all are asked for: note | all
);

-- A text: `plain` where the data do not say in which language it is, else by language.
create table text (id integer primary key, plain text, en text, es text, pt text, fr text);

-- Where the wording of a text in a language comes from: a source, or null where this dataset proposes it.
create table wording (
  text     integer not null references text,
  position integer not null,
  language text not null,
  source   text,
  primary key (text, language)
) without rowid;

create table mechanism (
  id                 text primary key,
  position           integer not null,
  kind               text not null,
  scope              text not null,   -- note | wider: whether the dataset's source tells of it
  coverage           text not null,   -- full | mentioned: whether its members are known
  relation           text,            -- what being listed means where a member does not say
  parent             text,
  founded            text,
  until              text,
  website            text,
  as_written         text,
  note               integer references text,
  members_as_written text,
  group_label        text,
  groups_as_written  text,
  numbering          text,
  secretariats_note  integer references text,
  begins             text not null,
  ends               text not null
);

-- The parts of mechanisms that facts are about, in the order of the data files.
create table part (
  label      text primary key,
  position   integer not null,
  table_name text not null,   -- what holds them for people
  noun       text not null    -- what one of them is called there
);

-- One thing that is known of one mechanism.
create table fact (
  id           integer primary key,
  mechanism    text not null references mechanism,
  part         text not null,          -- members, groups, chairs, observers, secretariats, links ...; or names
  item         text not null,          -- a country, an agency, a mechanism, a number or an id; empty for a name
  key          text not null,          -- its id in the tables: RCM/PER, or RCM/PER/2010 where there are several spells
  position     integer not null,       -- in its list
  role         text,                   -- what a member, an observer or a link is
  name         integer references text,
  acronym      integer references text,
  unit         integer references text,  -- of an agency
  note         integer references text,
  as_written   text,                   -- the form of the source where it slips
  since        text,
  until        text,
  joined_after text,
  joined_by    text,
  seen         text,
  pillar       integer,                -- these four: of a group
  sub_body     text,
  other_number integer,
  leads_since  text,
  may_begin    text not null,
  begins       text not null,
  ends         text not null,
  evidence     integer references assessment
);
create index fact_of_mechanism on fact (mechanism, part, item);
create index fact_on_item on fact (item, part);

create table fact_theme (
  fact     integer not null references fact,
  position integer not null,
  theme    text not null references theme,
  primary key (fact, position)
) without rowid;
create index fact_on_theme on fact_theme (theme);

create table fact_lead (
  fact     integer not null references fact,
  position integer not null,
  country  text not null references country,
  begins   text not null,
  primary key (fact, position)
) without rowid;

-- How far a fact can be trusted. A fact without an assessment of its own has that of its list.
create table assessment (id integer primary key, status text not null, as_of text, note integer references text);

create table assessment_source (
  assessment integer not null references assessment,
  position   integer not null,
  source     text not null references source,
  primary key (assessment, position)
) without rowid;
create index assessment_by_source on assessment_source (source);

create table list (
  mechanism text not null references mechanism,
  position  integer not null,
  part      text not null,
  evidence  integer not null references assessment,
  primary key (mechanism, part)
) without rowid;

-- What facts refer to.
create table country (
  id        text primary key,  -- alpha-3
  position  integer not null,
  alpha2    text not null,
  numeric   text not null,
  kind      text not null,     -- state | territory | historical
  sovereign text,
  region    text,
  name      integer references text
);
create table agency (id text primary key, position integer not null, name integer references text, acronym integer references text);
create table source (
  id        text primary key,
  position  integer not null,
  title     integer not null references text,
  publisher integer not null references text,
  date      text,
  url       text,
  kind      text not null,
  looked_up text not null,
  language  text,
  isbn      text,
  series    text
);
create table source_author (source text, position integer, author text, primary key (source, position)) without rowid;

-- Other names, of no stated language, of a country, a mechanism or an agency.
create table alias (kind text, id text, position integer, name text, primary key (kind, id, position)) without rowid;

-- The countries that are left out where no mechanism lists them.
create table declared (position integer primary key, country text not null);

create table theme (id text primary key, position integer not null, label integer not null references text, broader text, note text);
create table theme_neighbour (theme text, position integer, related text, primary key (theme, position)) without rowid;
create table theme_match (theme text, position integer, concept text, primary key (theme, position)) without rowid;
create table theme_word (theme text, position integer, word text, primary key (theme, position)) without rowid;  -- too broad alone
create table theme_label (  -- alternative labels
  theme text, position integer, language text, label text, primary key (theme, position)
) without rowid;
create table theme_label_source (theme text, position integer, language text, code text, primary key (theme, position)) without rowid;
create table category (number integer primary key, position integer not null, label text not null, labels integer references text);
create table category_theme (category integer, position integer, theme text, primary key (category, position)) without rowid;

-- What happened, numbered from 1.
create table event (
  id         integer primary key,
  date       text,
  until      text,
  kind       text not null,
  text       integer not null references text,
  concerns   text,             -- the part of its mechanisms that changed
  carried    integer not null, -- whether it names facts, whose dates show it
  as_written text
);
create table event_mechanism (event integer, position integer, mechanism text, primary key (event, position)) without rowid;
create table event_country (event integer, position integer, country text, primary key (event, position)) without rowid;
create table event_fact (event integer, position integer, fact text, primary key (event, position)) without rowid;
create table event_theme (event integer, position integer, theme text, primary key (event, position)) without rowid;
create table event_source (event integer, position integer, source text, primary key (event, position)) without rowid;
create index event_of_mechanism on event_mechanism (mechanism);

create table resolution (
  id         text primary key,
  position   integer not null,
  number     text not null,
  title      text not null,
  body       integer not null references text,
  kind       text not null,
  date       text,
  until      text,
  as_written text,
  note       integer references text
);
create table resolution_source (resolution text, position integer, source text, primary key (resolution, position)) without rowid;
create table point (id integer primary key, resolution text not null, says text not null, text integer not null references text);
create table point_mechanism (point integer, position integer, mechanism text, primary key (point, position)) without rowid;

-- What own data have other than the bundled ones that they extend.
create table correction (
  id     integer primary key,
  kind   text not null,   -- mechanism | agency | resolution | event
  record text not null,
  part   text,
  item   text,
  change text not null,   -- added | changed | withdrawn
  since  text
);

-- What the views of tables.sql hold, as tables.tsv and columns.tsv say it.
create table columns (
  table_name  text not null,
  column_name text not null,
  type        text not null,
  description text not null,
  refers_to   text,
  primary key (table_name, column_name)
);

-- The names of records, folded and by kind, and the words of themes, each part packed by `govmap.dataset.index`.
create table name_index (part text primary key, content blob not null) without rowid;

-- What the database was built from: a key of its contents, empty where it was written for others.
create table build (key text not null);

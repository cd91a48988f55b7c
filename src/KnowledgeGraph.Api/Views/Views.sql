-- The views, in the schema that stands for {schema}. body is the JSON that is answered.
--
-- Every row carries the stretch of the log for which it held: from the event of from_sequence on, until before that of to_sequence. What
-- was known as of a sequence s is therefore a condition, from_sequence <= s and to_sequence > s, and nothing is ever overwritten: a row is
-- closed and another opened. The one exception are the summaries, which say from when on they hold and are counted anew for a moment before.
--
-- The indexes stand at the end of each script, since they are made when the tables of a rebuild have been filled: those that a decision reads by with
-- the first decision, those that only readers read by at the end. What recordings read by are the tables' primary keys. See ViewScript.cs.

-- Where in the log the recorded time went forward: everything before a row's sequence had been recorded before its time.
create table {schema}.clock (
    recorded timestamptz primary key,
    sequence bigint not null
);

create table {schema}.reports (
    id            text collate "C" primary key,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    recorded      timestamptz not null,
    publisher_id  text collate "C",
    publisher     text,
    title         text,
    file_name     text,
    date          text,
    date_start    date,
    body          json not null
);

-- A fact's first row is the fact as it was recorded; sequence, stream_version and recorded are those of that event in every row. A fact
-- that was hidden from the start has an empty stretch there.
create table {schema}.facts (
    id             uuid not null,
    from_sequence  bigint not null,
    to_sequence    bigint not null default 9223372036854775807,
    sequence       bigint not null,
    stream_version bigint not null,
    recorded       timestamptz not null,
    report_id      text collate "C" not null,
    type           text collate "C" not null,
    body           json not null,
    primary key (id, from_sequence)
);

-- One row for each entity that takes part in a fact, under the id that the fact was recorded with. happening and core say which facts assert
-- the same; the ids in core (role=id) are those recorded, too, and core_key is their hash. A fact with no date stands at its
-- report's, and without that at the end of time.
create table {schema}.timeline (
    entity_id     text collate "C" not null,
    fact_id       uuid not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    sequence      bigint not null,
    starts        date not null,
    ends          date not null,
    published     date not null,
    type          text collate "C" not null,
    status        text collate "C" not null,
    metric        text collate "C",
    period        text collate "C",
    calendar_period text collate "C",
    publisher_id  text collate "C",
    roles         text[] not null,
    happening     uuid not null,
    core          text[] not null,
    core_key      uuid not null
);

-- The name of an entity over the log, and what else the last event to name it said; an entity exists from its first row on.
create table {schema}.entities (
    id            text collate "C" not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    kind          text collate "C" not null,
    name          text not null,
    fiscal_year_end int,
    maker         text collate "C",
    primary key (id, from_sequence)
);

-- folded is how an alias is looked up: width, script and case made one. keys are for names within names and misspelt ones: AliasKeys.cs.
create table {schema}.entity_aliases (
    entity_id     text collate "C" not null,
    alias         text collate "C" not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    folded        text collate "C" not null,
    keys          int[] not null,
    position      int not null,
    report_id     text collate "C",
    decision_id   uuid,
    primary key (entity_id, alias, from_sequence)
);

-- Which entity an id stood for, where that was not the id itself.
create table {schema}.identity (
    entity_id     text collate "C" not null,
    canonical_id  text collate "C" not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    primary key (entity_id, from_sequence)
);

create index identity_by_opening on {schema}.identity (from_sequence);
create index identity_by_closing on {schema}.identity (to_sequence);
create index identity_by_canonical on {schema}.identity (canonical_id);

-- What somebody decided, and until when it was not undone. An undoing is a row of its own and about what the undone one is about.
create table {schema}.decisions (
    id            uuid primary key,
    from_sequence bigint not null unique,
    to_sequence   bigint not null default 9223372036854775807,
    stream        text collate "C" not null,
    version       bigint not null,
    recorded      timestamptz not null,
    type          text collate "C" not null,
    fact_id       uuid,
    entity_id     text collate "C",
    other_id      text collate "C",
    undoes        uuid,
    author        text not null,
    reason        text not null,
    body          json not null
);

create index decisions_by_fact on {schema}.decisions (fact_id) where fact_id is not null;
create index decisions_by_entity on {schema}.decisions (entity_id) where entity_id is not null;
create index decisions_by_other on {schema}.decisions (other_id) where other_id is not null;

-- What can be counted of an entity with all its members, as it has been since the last event that touched it. An id that is merged into
-- another has nothing of its own. first_seen and last_seen are dates of reports; facts is 0 for an entity that only publishes.
create table {schema}.entity_summaries (
    entity_id     text collate "C" primary key,
    from_sequence bigint not null,
    kind          text collate "C" not null,
    facts         bigint not null,
    counts        jsonb not null,
    first_seen    date,
    last_seen     date,
    is_merged     boolean not null default false
);

-- Bodies are expressions that are parsed here and now, so that the functions follow their schema when it is renamed.

-- The entity that an id stood for as of a sequence.
create function {schema}.canonical(id text, s bigint) returns text language sql stable
return coalesce((select i.canonical_id from {schema}.identity i where i.entity_id = id and i.from_sequence <= s and i.to_sequence > s), id);

-- The ids under which the facts of an entity stand as of a sequence, itself the first.
create function {schema}.members(id text, s bigint) returns text[] language sql stable
return id || array(
    select i.entity_id from {schema}.identity i where i.canonical_id = id and i.from_sequence <= s and i.to_sequence > s order by i.entity_id);

create type {schema}.summary as (facts bigint, counts jsonb, first_seen date, last_seen date);

-- What can be counted of an entity as of a sequence, from all that had happened by the end of a day (or at all).
create function {schema}.summarise(members text[], s bigint, day date) returns {schema}.summary language sql stable
return (
    with taken as (
        select distinct t.fact_id, t.type, nullif(t.published, 'infinity') as published
        from {schema}.timeline t
        where t.entity_id = any(members) and t.from_sequence <= s and t.to_sequence > s and (day is null or t.starts <= day)
    ), dates as (
        select published from taken
        union all
        select r.date_start from {schema}.reports r
        where r.publisher_id = any(members) and r.from_sequence <= s and r.to_sequence > s and (day is null or r.date_start <= day)
    )
    select row(
        (select count(*) from taken),
        (select coalesce(jsonb_object_agg(type, facts), '{}') from (select type, count(*) as facts from taken group by type) counted),
        (select min(published) from dates),
        (select max(published) from dates))::{schema}.summary);

--- decisions

create index if not exists reports_by_publisher on {schema}.reports (publisher_id, date_start);
create index if not exists facts_by_report on {schema}.facts (report_id, sequence);
create unique index if not exists timeline_by_fact on {schema}.timeline (fact_id, entity_id, from_sequence);
create index if not exists entity_aliases_by_decision on {schema}.entity_aliases (decision_id) where decision_id is not null;

--- readers

create unique index if not exists reports_by_opening on {schema}.reports (from_sequence);
create index if not exists facts_by_opening on {schema}.facts (from_sequence);
create index if not exists facts_by_closing on {schema}.facts (to_sequence) where to_sequence < 9223372036854775807;
create index if not exists timeline_in_order on {schema}.timeline (entity_id, starts, ends, sequence);
create index if not exists timeline_as_published on {schema}.timeline (entity_id, published, sequence);
create index if not exists timeline_as_recorded on {schema}.timeline (entity_id, sequence);
-- In order within a happening, so that of thousands of mentions only those before another are read, or those published last.
create index if not exists timeline_by_happening on {schema}.timeline (entity_id, happening, core_key, starts, ends, sequence) include (from_sequence, to_sequence);
create index if not exists timeline_by_mention on {schema}.timeline (entity_id, happening, core_key, (nullif(published, 'infinity')) desc nulls last, sequence desc);
create index if not exists entities_by_opening on {schema}.entities (from_sequence);
create unique index if not exists entity_aliases_of_reports on {schema}.entity_aliases (entity_id, alias) where report_id is not null;
create index if not exists entity_aliases_by_folded on {schema}.entity_aliases (folded);
create index if not exists entity_aliases_by_keys on {schema}.entity_aliases using gin (keys);
create index if not exists entity_summaries_by_facts on {schema}.entity_summaries (facts desc, entity_id) where not is_merged;
create index if not exists entity_summaries_by_kind on {schema}.entity_summaries (kind, facts desc, entity_id) where not is_merged;
create index if not exists entity_summaries_by_sequence on {schema}.entity_summaries (from_sequence);

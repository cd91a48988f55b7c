-- The views, in the schema that stands for {schema}. Rows carry the sequence of the event that made them; body is the JSON that is answered.

create table {schema}.reports (
    id           text primary key,
    sequence     bigint not null unique,
    recorded     timestamptz not null,
    publisher_id text,
    publisher    text,
    title        text,
    file_name    text,
    date         text,
    date_start   date,
    body         json not null
);

create table {schema}.facts (
    id             uuid primary key,
    sequence       bigint not null unique,
    stream_version bigint not null,
    recorded       timestamptz not null,
    report_id      text not null,
    type           text not null,
    body           json not null
);

create index facts_by_report on {schema}.facts (report_id, sequence);

-- One row for each entity that takes part in a fact. A fact with no date stands at its report's, and without that at the end of time.
create table {schema}.timeline (
    entity_id text not null,
    fact_id   uuid not null,
    starts    date not null,
    ends      date not null,
    sequence  bigint not null,
    type      text not null,
    roles     text[] not null,
    primary key (entity_id, fact_id)
);

create unique index timeline_in_order on {schema}.timeline (entity_id, starts, ends, sequence);

-- first_seen and last_seen are dates of reports; facts counts facts and is 0 for an entity that only publishes.
create table {schema}.entities (
    id             text primary key,
    kind           text not null,
    name           text not null,
    facts          bigint not null,
    first_seen     date,
    last_seen      date,
    first_sequence bigint not null,
    last_sequence  bigint not null
);

create index entities_by_facts on {schema}.entities (facts desc, id collate "C");

-- folded is how an alias is looked up: compatibility forms made one, lower case.
create table {schema}.entity_aliases (
    entity_id text not null,
    alias     text not null,
    folded    text collate "C" not null generated always as (lower(normalize(alias, nfkc))) stored,
    sequence  bigint not null,
    position  int not null,
    primary key (entity_id, alias)
);

create index entity_aliases_by_folded on {schema}.entity_aliases (folded);

create table {schema}.entity_counts (
    entity_id text not null,
    type      text not null,
    facts     bigint not null,
    primary key (entity_id, type)
);

-- One row for each fact that carries an edge, under the ids that it was recorded with. effect: begins, ends or denies.
create table {schema}.edge_facts (
    source        text collate "C" not null,
    relation      text collate "C" not null,
    target        text collate "C" not null,
    fact_id       uuid not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    sequence      bigint not null,
    effect        text collate "C" not null,
    status        text collate "C" not null,
    starts        date not null
);

-- What the facts of an edge come to; a new row where any of it changed. weight is the number of binary digits of their count, so that an
-- edge of thousands of facts has few rows and the strongest edges of an entity come first in its index.
create table {schema}.edges (
    source        text collate "C" not null,
    relation      text collate "C" not null,
    target        text collate "C" not null,
    from_sequence bigint not null,
    to_sequence   bigint not null default 9223372036854775807,
    weight        smallint not null,
    status        text collate "C" not null,
    since         date,
    until         date,
    primary key (source, relation, target, from_sequence)
);

-- What it takes to add a fact to an edge, as of the last event that touched it: how many carry it, the surest status, the first day and the last day that
-- one begins it on, the last day that one ends it on.
create table {schema}.edge_sums (
    source      text collate "C" not null,
    relation    text collate "C" not null,
    target      text collate "C" not null,
    facts       bigint not null,
    status      text collate "C",
    first_begun date,
    last_begun  date,
    last_ended  date,
    primary key (source, relation, target)
);

--- decisions

create index if not exists edge_facts_by_sequence on {schema}.edge_facts (source, relation, target, sequence) include (from_sequence, to_sequence, fact_id, effect, status, starts);
create unique index if not exists edge_facts_by_fact on {schema}.edge_facts (fact_id, source, relation, target, from_sequence);

--- readers

create index if not exists edges_out on {schema}.edges (source, weight desc, relation, target) include (from_sequence, to_sequence, status, since, until);
create index if not exists edges_in on {schema}.edges (target, weight desc, source, relation) include (from_sequence, to_sequence, status, since, until);
create index if not exists edges_out_by_relation on {schema}.edges (source, relation, weight desc, target) include (from_sequence, to_sequence, since, until);
create index if not exists edges_in_by_relation on {schema}.edges (target, relation, weight desc, source) include (from_sequence, to_sequence, since, until);
create index if not exists edges_by_relation on {schema}.edges (relation, weight desc, source, target);

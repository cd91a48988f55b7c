-- Where in the log an entity or a type occurs: Marten's tables take no index of ours.

create table {schema}.entities (
    entity_id text collate "C" not null,
    sequence  bigint not null
);

create table {schema}.types (
    type     text collate "C" not null,
    sequence bigint not null
);

-- What the log holds of each type, known to this version or not.
create table {schema}.type_counts (
    type           text collate "C" primary key,
    events         bigint not null,
    first_sequence bigint not null,
    last_sequence  bigint not null
);

--- decisions

--- readers

create unique index if not exists entities_key on {schema}.entities (entity_id, sequence);
create unique index if not exists types_key on {schema}.types (type, sequence);

create table kg.checkpoints (
    name text primary key,
    sequence bigint not null check (sequence >= 0),
    updated timestamptz not null
);

create table kg.dead_letters (
    projection text not null,
    sequence bigint not null,
    event_type text not null,
    reason text not null,
    recorded timestamptz not null,
    primary key (projection, sequence)
);

-- Who is told of which events. Everything up to position has been put into the outbox, where it matched.
create table kg.webhooks (
    id       uuid primary key,
    url      text not null,
    types    text[],
    entities text[],
    secret   text not null,
    paused   boolean not null default false,
    position bigint not null,
    created  timestamptz not null
);

-- What is to be delivered. lanes are what the event is about; within one of them deliveries keep the order of the log.
create table kg.outbox (
    webhook_id uuid not null references kg.webhooks (id) on delete cascade,
    sequence   bigint not null,
    lanes      text[] not null,
    attempts   int not null default 0,
    due        timestamptz not null,
    is_dead    boolean not null default false,
    last_error text,
    primary key (webhook_id, sequence)
);

create index outbox_due on kg.outbox (due) where not is_dead;
create index outbox_lanes on kg.outbox using gin (lanes) where not is_dead;

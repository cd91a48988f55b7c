-- Reports handed in and not yet recorded, by the hash of their bytes; the bytes go when the report is recorded or refused.
create table kg.inbox (
    id           text primary key,
    bytes        bytea,
    size         bigint not null,
    file_name    text,
    media_type   text,
    publisher    text,
    title        text,
    date         text,
    state        text not null check (state in ('waiting', 'done', 'failed')),
    -- Of the report's last event.
    sequence     bigint,
    error        text,
    error_detail text,
    created      timestamptz not null,
    updated      timestamptz not null
);

create index inbox_waiting on kg.inbox (created, id) where state = 'waiting';

-- Written outside the transaction that holds the report, so that others see how it fares, and how often it was begun when the host has died of it.
create table kg.inbox_attempts (
    id       text primary key references kg.inbox (id) on delete cascade,
    attempts int not null,
    stage    text not null,
    updated  timestamptz not null
);

-- Marten 9's event tables with string stream identity and correlation, causation and header metadata: names, types, defaults and
-- constraints are Marten's, so that it opens this schema as its own. Add no column and no index here: Marten drops them at its next start.
create schema if not exists events;

create table events.mt_streams (
    id varchar not null,
    type varchar null,
    version bigint null,
    timestamp timestamptz not null default (now()),
    created timestamptz not null default (now()),
    tenant_id varchar null default '*DEFAULT*',
    is_archived boolean null default false,
    constraint pkey_mt_streams_id primary key (id)
);

-- timestamp has no default: Marten's own is frozen at the time the schema was made, so every writer has to state it.
create table events.mt_events (
    seq_id bigint not null,
    id uuid not null,
    stream_id varchar null,
    version bigint not null,
    data jsonb not null,
    bdata bytea null,
    type varchar(500) not null,
    timestamp timestamptz not null,
    tenant_id varchar null default '*DEFAULT*',
    mt_dotnet_type varchar null,
    correlation_id varchar null,
    causation_id varchar null,
    headers jsonb null,
    is_archived boolean null default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id foreign key (stream_id) references events.mt_streams (id) on delete cascade
);

create unique index pk_mt_events_stream_and_version on events.mt_events using btree (stream_id, version);

-- The high-water mark relies on "no cache": a session that kept numbers back would hand them out after later ones were seen.
create sequence events.mt_events_sequence as bigint increment by 1 start with 1 no cycle cache 1;
alter sequence events.mt_events_sequence owned by events.mt_events.seq_id;

create table events.mt_event_progression (
    name varchar not null,
    last_seq_id bigint null,
    last_updated timestamptz null default (transaction_timestamp()),
    constraint pkey_mt_event_progression_name primary key (name)
);

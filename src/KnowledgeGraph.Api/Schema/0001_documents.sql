-- The reports themselves, beside the log: what came in, byte for byte, and the text into which all offsets point. Written in the
-- transaction that registers the report, and never changed after.
create table kg.documents (
    id         text primary key,
    bytes      bytea not null,
    text       text not null,
    media_type text not null,
    file_name  text,
    created    timestamptz not null
);

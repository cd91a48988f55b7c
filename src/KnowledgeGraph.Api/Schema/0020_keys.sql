-- Keys of the service. Only hashes are kept; 256 random bits need neither salt nor a slow function. A revoked key stays, to be told about.
create table kg.keys (
    id      uuid primary key,
    hash    bytea not null unique,
    name    text not null,
    scopes  text[] not null,
    created timestamptz not null,
    revoked timestamptz
);

-- The cells of claims: what a key stands for. A cell has no stretch of its own; claims and values do.
create table {schema}.claim_cells (
    cell   uuid primary key,
    metric text collate "C" not null,
    period text collate "C" not null,
    basis  json not null
);

-- One row for each number of each fact, under the subject that the fact was recorded with. stage is the order of weight (0 is an
-- actual), standing what a check of the fact found (1: confirmed, 2: denied).
create table {schema}.claim_values (
    entity_id       text collate "C" not null,
    cell            uuid not null,
    fact_id         uuid not null,
    stage           smallint not null,
    from_sequence   bigint not null,
    to_sequence     bigint not null default 9223372036854775807,
    sequence        bigint not null,
    type            text collate "C" not null,
    low             numeric not null,
    high            numeric not null,
    bound           text,
    calendar_period text,
    report_id       text collate "C" not null,
    published       date,
    starts          date not null,
    speaker         text collate "C" not null,
    origin          text collate "C" not null,
    standing        smallint not null,
    is_corrected    boolean not null
);

-- Of an actual the claim's own row tells enough; further actuals are added to it without looking at those that are there.
create index claim_values_expected on {schema}.claim_values (entity_id, cell) where stage > 0;

-- What can be asked of a claim without weighing its values; a new row where any of it changed. subject is the canonical id. The last seven columns
-- are what it takes to add a value: of the actuals that stand the least and greatest number, the smallest end and the greatest beginning of what
-- they stand for with the facts that give these, null where there are none, and whether there are values of other stages.
create table {schema}.claims (
    id             uuid not null,
    from_sequence  bigint not null,
    to_sequence    bigint not null default 9223372036854775807,
    subject        text collate "C" not null,
    cell           uuid not null,
    metric         text collate "C" not null,
    period         text collate "C" not null,
    measure        text collate "C" not null,
    conflicting    boolean not null,
    spread_percent numeric not null,
    types          text[] not null,
    least          numeric,
    greatest       numeric,
    earliest_to    numeric,
    latest_from    numeric,
    lowest         uuid,
    highest        uuid,
    has_expected   boolean not null,
    primary key (id, from_sequence)
);

--- decisions

-- In the order of the answer, read backwards.
create unique index if not exists claim_values_key on {schema}.claim_values (entity_id, cell, stage, (coalesce(published, '-infinity')), sequence, from_sequence);
create index if not exists claim_values_confirmed on {schema}.claim_values (entity_id, cell) where standing = 1;
create index if not exists claim_values_by_fact on {schema}.claim_values (fact_id);

--- readers

create index if not exists claims_by_subject on {schema}.claims (subject, metric, period, id);
create index if not exists claims_by_metric on {schema}.claims (metric, subject, period, id);
create index if not exists claims_by_metric_and_period on {schema}.claims (metric, period, subject, id);
create index if not exists claims_by_period on {schema}.claims (period, subject, metric, id);
create index if not exists claims_by_type on {schema}.claims using gin (types);
create index if not exists claims_that_differ_by_subject on {schema}.claims (subject, metric, period, id) where spread_percent > 0;
create index if not exists claims_that_differ_by_metric on {schema}.claims (metric, subject, period, id) where spread_percent > 0;
create index if not exists claims_that_differ_by_period on {schema}.claims (period, subject, metric, id) where spread_percent > 0;

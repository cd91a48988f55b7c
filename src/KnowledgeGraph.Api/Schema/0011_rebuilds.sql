-- One row for each set of views that is being rebuilt, or was the last time.
create table kg.rebuilds (
    views        text primary key,
    state        text not null check (state in ('requested', 'building', 'comparing', 'switching', 'done', 'failed')),
    requested    timestamptz not null,
    started      timestamptz,
    -- Events that had been folded already when this run started: those of a run before it that broke off.
    done_before  bigint not null default 0,
    finished     timestamptz,
    events       bigint,
    differences  jsonb,
    error        text
);

-- What is recorded stays recorded: the database itself refuses to change it. "enable always" keeps the triggers working where
-- session_replication_role would switch ordinary ones off. The one column of an event that may change is is_archived, which takes a
-- stream out of the hot path and says nothing about what happened.
create function kg.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op
        using errcode = 'KG001', hint = 'Record a correcting event instead.';
end
$$;

create function kg.refuse_event_update() returns trigger language plpgsql as $$
declare
    unarchived events.mt_events := new;
begin
    unarchived.is_archived := old.is_archived;
    -- *<> compares the stored images: jsonb 1.0 and 1.00 are equal to <>, yet not the same record.
    if new.is_archived is null or unarchived *<> old then
        raise exception 'events.mt_events is append-only: UPDATE of sequence % refused', old.seq_id
            using errcode = 'KG001', hint = 'Only is_archived may change. Record a correcting event instead.';
    end if;
    return new;
end
$$;

create function kg.refuse_stream_regress() returns trigger language plpgsql as $$
begin
    if new.id <> old.id or new.version is null or new.version < old.version then
        raise exception 'events.mt_streams: the id of a stream is fixed and its version only grows (%: % to %)',
            old.id, old.version, coalesce(new.version::text, 'null')
            using errcode = 'KG001';
    end if;
    return new;
end
$$;

create trigger kg_refuse_update before update on events.mt_events
    for each row execute function kg.refuse_event_update();
-- By statement, so that a DELETE that finds no row is refused too, and so is the one that "on delete cascade" sends.
create trigger kg_refuse_delete before delete on events.mt_events
    for each statement execute function kg.refuse_change();
create trigger kg_refuse_truncate before truncate on events.mt_events
    for each statement execute function kg.refuse_change();
create trigger kg_refuse_regress before update on events.mt_streams
    for each row execute function kg.refuse_stream_regress();
create trigger kg_refuse_delete before delete on events.mt_streams
    for each statement execute function kg.refuse_change();
create trigger kg_refuse_truncate before truncate on events.mt_streams
    for each statement execute function kg.refuse_change();

alter table events.mt_events enable always trigger kg_refuse_update;
alter table events.mt_events enable always trigger kg_refuse_delete;
alter table events.mt_events enable always trigger kg_refuse_truncate;
alter table events.mt_streams enable always trigger kg_refuse_regress;
alter table events.mt_streams enable always trigger kg_refuse_delete;
alter table events.mt_streams enable always trigger kg_refuse_truncate;

-- Wakes the daemons at commit, whoever the writer is. A rolled-back insert notifies nobody. A side effect that the high-water mark relies
-- on: a transaction that has notified cannot be prepared for two-phase commit.
create function kg.notify_appended() returns trigger language plpgsql as $$
begin
    perform pg_notify('kg_events', '');
    return null;
end
$$;

create trigger kg_notify_appended after insert on events.mt_events
    for each statement execute function kg.notify_appended();

alter table events.mt_events enable always trigger kg_notify_appended;

-- ARCHIVE: a stream that is closed. Its events stay what and where they are, marked; reads may leave them out. Whoever appends to it is
-- refused, Marten and psql too, because every append ends by moving the stream's version.
create or replace function kg.refuse_stream_regress() returns trigger language plpgsql as $$
begin
    if new.id <> old.id or new.version is null or new.version < old.version then
        raise exception 'events.mt_streams: the id of a stream is fixed and its version only grows (%: % to %)',
            old.id, old.version, coalesce(new.version::text, 'null')
            using errcode = 'KG001';
    end if;
    if old.is_archived and new.is_archived and new.version > old.version then
        raise exception 'events.mt_streams: % is archived', old.id using errcode = 'KG003';
    end if;
    return new;
end
$$;

-- Our writers are met by the queue of 0006. A foreign one that has inserted events holds the stream's row for key share: the row's lock waits
-- for it, so that its events are seen and marked. Order of locks as in an append: the stream's version is not touched before the events.
create function kg.archive(p_stream varchar) returns boolean language plpgsql as $$
begin
    perform pg_advisory_xact_lock(19271, hashtext(p_stream));
    perform from events.mt_streams s where s.id = p_stream for update;
    if not found then
        return false;
    end if;
    update events.mt_events e set is_archived = true where e.stream_id = p_stream and e.is_archived is not true;
    update events.mt_streams s set is_archived = true where s.id = p_stream and s.is_archived is not true;
    return true;
end
$$;

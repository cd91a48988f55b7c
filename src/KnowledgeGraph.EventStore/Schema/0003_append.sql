-- APPEND, from top to bottom. The caller's transaction is READ COMMITTED: each statement sees what was committed before it began.
--
-- What the database decides: the unique index (stream_id, version) arbitrates every race for a version; the primary key of mt_streams
-- every race for a new stream; a loser gets 23505 and nothing of its transaction stays.
-- What may race: our writers of one stream queue on an advisory lock, so among them the version read is still true at the insert.
-- Marten and psql do not know that lock: they are met by the unique index alone, and the caller tries again or reports a conflict.
-- Order of locks, as Marten takes them: insert the stream where it is new, insert events (which share-locks the stream's row), and only
-- then update the stream's row. Updating it first would deadlock with Marten.
-- The queue comes before the writer's mark (below), so that a waiting writer does not hold the readers back.
--
-- p_expected: null = any version, 0 = no stream, n = exactly n. Result: appended false = version conflict, version then is the actual one.
-- repeated true = these very events stand in the stream already, one after the other, and nothing was written.

-- A writer says, before it draws its first number, that all its numbers are above "after": it holds this key, shared, until its end.
-- Upper 16 bits 'KG', lower 48 bits the number: a key in the one-bigint space, of which pg_locks shows the halves as classid and objid.
create function kg.writer_key(after bigint) returns bigint language plpgsql immutable strict as $$
begin
    if after < 0 or after >= 1::bigint << 48 then
        raise exception 'sequence % does not fit the 48 bits of a writer''s key', after using errcode = 'KG002';
    end if;
    return (19271::bigint << 48) | after;
end
$$;

create function kg.append(
    p_stream varchar, p_stream_type varchar, p_expected bigint,
    p_ids uuid[], p_types varchar[], p_dotnet_types varchar[], p_data text[],
    p_timestamp timestamptz, p_correlation varchar, p_causation varchar, p_headers jsonb)
returns table (appended boolean, version bigint, sequence bigint, repeated boolean)
language plpgsql as $$
#variable_conflict use_column
declare
    v_count bigint := cardinality(p_ids);
    v_exists boolean;
    v_version bigint;
    v_found bigint;
    v_offset bigint;
    v_offsets bigint;
    v_sequence bigint;
    v_after bigint;
begin
    -- 19271 = 'KG'. The two-int space: cannot meet a writer's key.
    perform pg_advisory_xact_lock(19271, hashtext(p_stream));

    select true, coalesce(s.version, 0) into v_exists, v_version from events.mt_streams s where s.id = p_stream;
    v_version := coalesce(v_version, 0);

    if v_version > 0 and p_expected is distinct from v_version then
        select count(*), min(e.version - u.place), max(e.version - u.place), max(e.seq_id)
          into v_found, v_offset, v_offsets, v_sequence
          from unnest(p_ids) with ordinality u (id, place)
          join events.mt_events e on e.stream_id = p_stream and e.version > coalesce(p_expected, 0) and e.id = u.id;
        if v_found = v_count and v_offset = v_offsets and v_offset = coalesce(p_expected, v_offset) then
            return query select true, v_offset + v_count, v_sequence, true;
            return;
        elsif p_expected is not null or v_found > 0 then
            return query select false, v_version, null::bigint, false;
            return;
        end if;
    elsif p_expected is distinct from v_version and p_expected is not null then
        return query select false, v_version, null::bigint, false;
        return;
    end if;

    -- Order matters: read the sequence, then lock, then draw. See the head of HighWaterMark.cs.
    select case when is_called then last_value else last_value - 1 end into v_after from events.mt_events_sequence;
    perform pg_advisory_xact_lock_shared(kg.writer_key(v_after));

    if v_exists is null then
        insert into events.mt_streams (id, type, version, timestamp, created, tenant_id, is_archived)
        values (p_stream, p_stream_type, v_count, p_timestamp, p_timestamp, '*DEFAULT*', false)
        on conflict (id) do nothing;
        if not found then
            -- A writer outside our queue made the stream in between: the caller looks again.
            raise exception 'stream % was created concurrently', p_stream
                using errcode = '23505', constraint = 'pkey_mt_streams_id', schema = 'events', table = 'mt_streams';
        end if;
    end if;

    with drawn as (
        select nextval('events.mt_events_sequence') as seq_id, u.*
          from (select * from unnest(p_ids, p_types, p_dotnet_types, p_data) with ordinality
                       as n (id, type, dotnet_type, data, place)
                 order by place offset 0) u
    ), inserted as (
        insert into events.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
                                      correlation_id, causation_id, headers, is_archived)
        select d.seq_id, d.id, p_stream, v_version + d.place, d.data::jsonb, null, d.type, p_timestamp, '*DEFAULT*', d.dotnet_type,
               p_correlation, p_causation, p_headers, false
          from drawn d
        returning seq_id
    )
    select max(i.seq_id) into v_sequence from inserted i;

    if v_exists then
        update events.mt_streams s set version = v_version + v_count, timestamp = p_timestamp where s.id = p_stream;
    end if;

    return query select true, v_version + v_count, v_sequence, false;
end
$$;

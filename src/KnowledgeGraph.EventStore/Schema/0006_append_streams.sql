-- APPEND to many streams at once, from top to bottom; takes the place of 0003's for one. The caller's transaction is READ COMMITTED: each
-- statement sees what was committed before it began.
--
-- What the database decides: the unique index (stream_id, version) arbitrates every race for a version; the primary key of mt_streams
-- every race for a new stream; a loser gets 23505 and nothing of its transaction stays.
-- What may race: our writers of one stream queue on an advisory lock, so among them the versions read are still true at the insert. A call
-- takes the locks of all its streams first, in the order of their keys: no two calls can wait for each other.
-- Marten and psql do not know those locks, nor does Append.CreateAsync, which makes a new stream in one statement: they are met by the unique
-- indexes alone, and the caller tries again. Order of locks, as Marten takes them: insert the streams that are new, insert events (which
-- share-locks the streams' rows), and only then update the streams' rows. Updating them first would deadlock with Marten.
-- The queue comes before the writer's mark, so that a waiting writer does not hold the readers back.
--
-- One value for each stream: p_expected null = any version, 0 = no stream, n = exactly n. One value for each event, stream after stream:
-- p_owners is the index of its stream, p_places its position among that stream's events; both from 1.
-- Result: refused null = appended; versions are those after it; repeated says of which streams these very events stood there already, one
-- after the other, so that nothing was written to them (null: of none). refused not null = nothing was written; it says which streams have
-- another version than expected, and versions are the actual ones.

-- As 0001's, but in SQL, which is inlined. Out of range (48 bits) is error 22003.
create or replace function kg.writer_key(after bigint) returns bigint language sql immutable strict as $$
    select (19271::bigint << 48) | case when after between 0 and (1::bigint << 48) - 1 then after else 9223372036854775807 + abs(after) end
$$;

drop function kg.append(varchar, varchar, bigint, uuid[], varchar[], varchar[], text[], timestamptz, varchar, varchar, jsonb);

-- Generic plans: the arrays' lengths would otherwise make PostgreSQL plan every statement anew at every call.
create function kg.append(
    p_streams varchar[], p_stream_types varchar[], p_expected bigint[], p_counts bigint[],
    p_owners integer[], p_places bigint[], p_ids uuid[], p_types varchar[], p_dotnet_types varchar[], p_data text[],
    p_timestamp timestamptz, p_correlation varchar, p_causation varchar, p_headers jsonb,
    out refused boolean[], out versions bigint[], out sequence bigint, out repeated boolean[])
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
    v_before bigint[];
    v_unexpected boolean;
    v_existing bigint;
    v_created bigint;
    v_moved bigint;
begin
    -- 19271 = 'KG'. The two-int space: cannot meet a writer's key.
    if cardinality(p_streams) = 1 then
        perform pg_advisory_xact_lock(19271, hashtext(p_streams[1]));
    else
        perform pg_advisory_xact_lock(19271, k.key)
           from (select distinct hashtext(u.stream) as key from unnest(p_streams) u (stream) order by key offset 0) k;
    end if;

    -- null: there is no such stream.
    select array_agg(s.version), array_agg(coalesce(s.version, 0) + s.count), count(s.version),
           bool_or(s.expected is distinct from coalesce(s.version, 0) and (s.expected is not null or s.version > 0))
      into v_before, versions, v_existing, v_unexpected
      from (select u.expected, u.count, case when m.id is not null then coalesce(m.version, 0) end as version
              from unnest(p_streams, p_expected, p_counts) with ordinality u (stream, expected, count, place)
              left join events.mt_streams m on m.id = u.stream
             order by u.place) s;

    if v_unexpected then
        select v.refused, v.versions, v.sequence, v.repeated into refused, versions, sequence, repeated
          from kg.compare(p_streams, p_expected, p_counts, p_owners, p_places, p_ids, v_before) v;
        if refused is not null or not false = any (repeated) then
            return;
        end if;
    end if;

    -- Order matters: read the sequence, then lock, then draw. See the head of HighWaterMark.cs.
    perform pg_advisory_xact_lock_shared(kg.writer_key(case when q.is_called then q.last_value else q.last_value - 1 end))
       from events.mt_events_sequence q;

    if v_existing < cardinality(p_streams) then
        insert into events.mt_streams (id, type, version, timestamp, created, tenant_id, is_archived)
        select u.stream, u.type, u.version, p_timestamp, p_timestamp, '*DEFAULT*', false
          from unnest(p_streams, p_stream_types, versions, v_before) u (stream, type, version, before)
         where u.before is null
        on conflict (id) do nothing;
        get diagnostics v_created = row_count;
        if v_created < cardinality(p_streams) - v_existing then
            -- A writer outside our queue made one of them in between: the caller looks again.
            raise exception 'a stream was created concurrently'
                using errcode = '23505', constraint = 'pkey_mt_streams_id', schema = 'events', table = 'mt_streams';
        end if;
    end if;

    insert into events.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
                                  correlation_id, causation_id, headers, is_archived)
    select nextval('events.mt_events_sequence'), u.id, p_streams[u.owner], coalesce(v_before[u.owner], 0) + u.place, u.data::jsonb, null,
           u.type, p_timestamp, '*DEFAULT*', u.dotnet_type, p_correlation, p_causation, p_headers, false
      from unnest(p_owners, p_places, p_ids, p_types, p_dotnet_types, p_data) u (owner, place, id, type, dotnet_type, data)
     where repeated[u.owner] is not true;
    sequence := currval('events.mt_events_sequence');

    if v_existing > 0 then
        update events.mt_streams m set version = u.version, timestamp = p_timestamp
          from unnest(p_streams, versions, v_before, repeated) u (stream, version, before, repeated)
         where m.id = u.stream and u.before is not null and u.repeated is not true;
    end if;
end
$$;

-- Of streams that do not have the version expected, or may have any: do these very events stand there? Every stream is looked through once,
-- where a version is expected only between it and the last event's.
create function kg.compare(
    p_streams varchar[], p_expected bigint[], p_counts bigint[], p_owners integer[], p_places bigint[], p_ids uuid[], p_before bigint[],
    out refused boolean[], out versions bigint[], out sequence bigint, out repeated boolean[])
language sql stable as $$
    with asked as materialized (
        select * from unnest(p_streams, p_expected, p_counts, p_before) with ordinality u (stream, expected, count, before, owner)
    ), known as (
        select a.owner, count(*) as found, min(e.version - u.place) as first, max(e.version - u.place) as last, max(e.seq_id) as sequence
          from asked a
          join events.mt_events e on e.stream_id = a.stream and e.version > coalesce(a.expected, 0)
                                 and e.version <= coalesce(a.expected + a.count, a.before)
          join unnest(p_owners, p_places, p_ids) u (owner, place, id) on u.owner = a.owner and u.id = e.id
         where a.before > 0 and a.expected is distinct from a.before
         group by a.owner
    ), judged as (
        select a.*, k.first, k.sequence, k.found > 0 as known,
               coalesce(k.found = a.count and k.first = k.last and k.first = coalesce(a.expected, k.first), false) as repeated
          from asked a left join known k using (owner)
    ), verdict as (
        select *, not repeated and (expected <> coalesce(before, 0) or known is true) as refused from judged
    )
    select case when bool_or(coalesce(refused, false)) then array_agg(coalesce(refused, false) order by owner) end,
           case when bool_or(coalesce(refused, false)) then array_agg(coalesce(before, 0) order by owner)
                else array_agg(case when repeated then first else coalesce(before, 0) end + count order by owner) end,
           max(sequence) filter (where repeated),
           array_agg(repeated order by owner)
      from verdict
$$;

-- Without "strict": PostgreSQL writes a strict function's CASE out as a call, which cost more than the rest of a small append's locks.
create or replace function kg.writer_key(after bigint) returns bigint language sql immutable as $$
    select (19271::bigint << 48) | case when after between 0 and (1::bigint << 48) - 1 then after else 9223372036854775807 + abs(after) end
$$;

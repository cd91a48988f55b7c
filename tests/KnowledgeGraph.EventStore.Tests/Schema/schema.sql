-- What the migrations add up to, one line each, independent of the server's version (so no generated not-null constraints).
with ours as (select oid, nspname from pg_namespace where nspname in ('events', 'kg')),
relations as (select c.oid, n.nspname || '.' || c.relname as name, c.relkind from pg_class c join ours n on n.oid = c.relnamespace)
select line from (
    select 'table ' || r.name || ' ' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
      from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
     where r.relkind in ('r', 'p')
    union all
    select 'constraint ' || r.name || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
      from relations r join pg_constraint c on c.conrelid = r.oid where c.contype <> 'n'
    union all
    select 'index ' || r.name || ' ' || pg_get_indexdef(r.oid) from relations r where r.relkind = 'i'
    union all
    select 'trigger ' || r.name || ' ' || t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
      from relations r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
    union all
    select 'sequence ' || r.name || ' ' || format_type(s.seqtypid, null) || ' start ' || s.seqstart || ' increment ' || s.seqincrement
           || ' cache ' || s.seqcache || ' cycle ' || s.seqcycle
           || coalesce(' owned by ' || o.refobjid::regclass || '.' || o.refobjsubid, '')
      from relations r join pg_sequence s on s.seqrelid = r.oid
      left join pg_depend o on o.objid = r.oid and o.classid = 'pg_class'::regclass and o.deptype = 'a'
    union all
    select 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') returns '
           || pg_get_function_result(p.oid)
      from pg_proc p join ours n on n.oid = p.pronamespace
) lines
order by line collate "C"

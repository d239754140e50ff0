-- What only who owns the tables may do: make and drop their partitions. The portal calls these
-- functions, whether it comes as the owner or as a role that may do no more than work with rows.
-- No name of a table is made of what the caller gives but those of partitions, and those here.

create function time_partitioned(parent text, out rest regclass, out cut_by name, out type regtype)
  language plpgsql stable as $$
begin
  select p.partdefid, a.attname, a.atttypid into rest, cut_by, type
    from pg_partitioned_table p
    join pg_class c on c.oid = p.partrelid and c.relname = parent
     and c.relnamespace = quote_ident(current_schema())::regnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
   where p.partstrat = 'r' and p.partdefid <> 0;
  if not found then
    raise exception '% is not cut by time', quote_ident(parent)
      using errcode = 'insufficient_privilege';
  end if;
end $$;
comment on function time_partitioned is 'what is in no partition of its own, the column that cuts';

create function partition_bound(day date, type regtype) returns text language sql stable
  return case type
    when 'timestamptz'::regtype then to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00'
    when 'date'::regtype then to_char(day, 'YYYY-MM-DD')
    -- as the comment on operation.id tells
    when 'bigint'::regtype then (((day - date '2020-01-01')::bigint * 86400) << 22)::text
  end;

-- Nodes may wait for each other here: it is rare. Rows that lie in the rest move, unseen by triggers:
-- to those of the audit trail a row that moves is a row deleted.
create function make_partition(parent text, day date, daily boolean) returns void
  language plpgsql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
declare
  cut    record;
  first  date := case when daily then day else date_trunc('month', day)::date end;
  after  date := first + case when daily then interval '1 day' else interval '1 month' end;
  name   text := parent || to_char(first, case when daily then '_YYYY_MM_DD' else '_YYYY_MM' end);
  low    text;
  high   text;
  moving boolean;
begin
  select * into cut from time_partitioned(parent);
  perform pg_advisory_xact_lock(84990159311444);
  if exists (select from pg_class
              where relname = name and relnamespace = quote_ident(current_schema())::regnamespace)
  then
    return;
  end if;
  low := partition_bound(first, cut.type);
  high := partition_bound(after, cut.type);
  execute format('create table %I (like %I including all)', name, parent);
  execute format('select exists (select from %1$s where %2$I >= %3$L and %2$I < %4$L)',
                 cut.rest, cut.cut_by, low, high) into moving;
  if moving then
    execute format('alter table %s disable trigger user', cut.rest);
    execute format('with moved as (delete from %1$s where %2$I >= %3$L and %2$I < %4$L returning *)
                    insert into %5$I select * from moved',
                   cut.rest, cut.cut_by, low, high, name);
    execute format('alter table %s enable trigger user', cut.rest);
  end if;
  execute format('alter table %I attach partition %I for values from (%L) to (%L)',
                 parent, name, low, high);
end $$;

-- The trail of the last year cannot be dropped by who only runs the portal; the clock that counts is
-- therefore the one of the database.
create function drop_partitions(parent text, before date) returns setof text
  language plpgsql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
declare
  name text;
begin
  perform time_partitioned(parent);
  if parent = 'audit_entry' and before > (now() at time zone 'UTC')::date - 365 then
    raise exception 'The audit trail is kept for a year at least'
      using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(84990159311444);
  for name in
    select p.name
      from (select c.relname as name, substr(c.relname, length(parent) + 2) as suffix
              from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = quote_ident(parent)::regclass) p
     where case
       when suffix ~ '^\d{4}_\d\d$' then to_date(suffix, 'YYYY_MM') + interval '1 month'
       when suffix ~ '^\d{4}_\d\d_\d\d$' then to_date(suffix, 'YYYY_MM_DD') + interval '1 day'
     end <= before
     order by 1
  loop
    execute format('drop table %I', name);
    return next name;
  end loop;
end $$;

revoke execute on function make_partition(text, date, boolean) from public;
revoke execute on function drop_partitions(text, date) from public;

-- Held until the transaction ends, and taken before the id is: who seals takes it alone, and knows
-- then that no entry can appear any more below the highest there is.
create function audit_entry_begins() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(84989908960343);
  return null;
end $$;
create trigger audit_entry_begins before insert on audit_entry
  for each statement execute function audit_entry_begins();

-- Registers as meters froze them at the ends of their periods: previous values, and demand.

-- Meters share these few, so that a snapshot need not name its registers at length.
create table billing_register (
  id   integer generated always as identity primary key,
  obis text not null,
  unit text not null,
  unique (obis, unit)
);

-- A row is one end of period of one meter. Cut by month although there are few of most meters: a
-- meter may also close each day, and what is too old goes a month at a time, never row by row.
create table billing_snapshot (
  meter_id    integer not null,
  kind        text not null check (kind in ('PREVIOUS_VALUES', 'DEMAND')),
  closed_at   timestamptz not null,
  occurrence  smallint not null,
  period      text,
  status      smallint not null,
  registers   integer[] not null,
  values      numeric[] not null,
  occurred_at timestamptz[],
  read_at     timestamptz not null,
  primary key (meter_id, kind, closed_at, occurrence),
  check (cardinality(registers) = cardinality(values)),
  check (cardinality(registers) = cardinality(occurred_at))
) partition by range (closed_at);
create table billing_snapshot_other partition of billing_snapshot default;
comment on column billing_snapshot.occurrence is
  'an end of period comes again after a clock was set back: its rank, the earliest 0';
comment on column billing_snapshot.period is 'ISO 8601, for example P1M; null where not told';
comment on column billing_snapshot.status is 'flags as in a DLMS AMR profile';
comment on column billing_snapshot.registers is
  'ids of billing_register; a register that the meter did not freeze is left out';
comment on column billing_snapshot.values is
  'one for each of registers; the decimals are those that the meter gave, by its scaler';
comment on column billing_snapshot.occurred_at is
  'when each minimum or maximum occurred; null where none has such a time';

-- What a snapshot said before the meter told of the same end of period otherwise.
create table billing_snapshot_superseded (
  meter_id      integer not null,
  kind          text not null,
  closed_at     timestamptz not null,
  occurrence    smallint not null,
  period        text,
  status        smallint not null,
  registers     integer[] not null,
  values        numeric[] not null,
  occurred_at   timestamptz[],
  read_at       timestamptz not null,
  superseded_at timestamptz not null
);
create index billing_snapshot_superseded_key
  on billing_snapshot_superseded (meter_id, kind, closed_at);

-- A row for each value, for whoever asks by SQL.
create view billing_value as
  select s.meter_id, s.kind, s.closed_at, s.occurrence, s.status, s.read_at,
         r.obis, r.unit, v.value, v.occurred_at
    from billing_snapshot s
   cross join lateral unnest(s.registers, s.values, s.occurred_at)
           as v (register, value, occurred_at)
    join billing_register r on r.id = v.register;

-- Read of all meters once a day, each at its own time; who has a plan of that name keeps it.
insert into reading_plan (name, kinds, group_id, every_s, time_zone, spread_s, deadline_s,
                          enabled, version, created_at)
  values ('Previous values and demand', '{PREVIOUS_VALUES,DEMAND}', 1, 86400, 'UTC', 3600, 172800,
          true, 0, timestamptz '2026-01-01 00:00Z')
  on conflict (name) do nothing;
insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
  select m.id, p.id, m.network_id, now() + wait, now() + wait + make_interval(secs => p.deadline_s)
    from reading_plan p
    join meter_group_member g on g.group_id = p.group_id and not g.leaving
    join meter m on m.id = g.meter_id and m.state = 'ACTIVE'
   cross join lateral (select make_interval(
           secs => mod(m.id::bigint * 2654435761 & 4294967295, p.spread_s)) as wait) w
   where p.enabled and p.spread_s > 0 and p.kinds = '{PREVIOUS_VALUES,DEMAND}'
  on conflict do nothing;

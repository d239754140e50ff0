-- What is read of which meters, how often; the tasks follow from the plans.

create table reading_plan (
  id         integer generated always as identity (start with 5) primary key,
  name       text not null unique check (name <> ''),
  kinds      text[] not null check (cardinality(kinds) > 0),
  group_id   integer not null references meter_group,
  every_s    integer check (every_s between 5 and 2678400),
  cron       text,
  time_zone  text not null,
  spread_s   integer not null check (spread_s between 0 and 86400),
  deadline_s integer not null check (deadline_s between 1 and 2678400),
  enabled    boolean not null,
  version    integer not null,
  created_at timestamptz not null,
  check ((every_s is null) <> (cron is null))
);
comment on column reading_plan.cron is 'five fields as in crontab(5), in the time zone of the plan';
comment on column reading_plan.spread_s is
  'meters are asked within so many seconds after the time, each at its own';
comment on column reading_plan.deadline_s is 'a reading is late so long after its time';

insert into reading_plan (id, name, kinds, group_id, every_s, time_zone, spread_s, deadline_s,
                          enabled, version, created_at)
  overriding system value values
  (1, 'Load profile and registers', '{REGISTERS,LOAD_PROFILE}', 1, 900, 'UTC', 300, 1800,
   true, 0, timestamptz '2026-01-01 00:00Z'),
  (2, 'Logbooks', '{LOGBOOK}', 1, 3600, 'UTC', 300, 7200,
   true, 0, timestamptz '2026-01-01 00:00Z'),
  (3, 'Settings', '{SETTINGS}', 1, 86400, 'UTC', 3600, 172800,
   true, 0, timestamptz '2026-01-01 00:00Z'),
  (4, 'Registers of watched meters', '{REGISTERS}', 2, 60, 'UTC', 30, 180,
   true, 0, timestamptz '2026-01-01 00:00Z');

-- A meter that was read at an interval of its own keeps it, by a plan for such meters.
create temporary table own_interval on commit drop as
  select distinct t.kind, t.every_s
    from reading_task t join meter m on m.id = t.meter_id
   where (t.kind, t.every_s) not in (('LOAD_PROFILE', 900), ('LOGBOOK', 3600), ('SETTINGS', 86400))
     and (t.kind <> 'REGISTERS' or m.watched and t.every_s <> 60);
insert into meter_group (name, version, created_at)
  select kind || ' every ' || every_s || ' s', 0, timestamptz '2026-01-01 00:00Z'
    from own_interval;
insert into meter_group_rule (group_id, kind, excluded, meter_id)
  select g.id, 'METER', false, t.meter_id
    from own_interval o join meter_group g on g.name = o.kind || ' every ' || o.every_s || ' s'
    join reading_task t on t.kind = o.kind and t.every_s = o.every_s;
insert into meter_group_member (group_id, meter_id)
  select group_id, meter_id from meter_group_rule where kind = 'METER';
insert into reading_plan (name, kinds, group_id, every_s, time_zone, spread_s, deadline_s,
                          enabled, version, created_at)
  select g.name, array[o.kind], g.id, o.every_s, 'UTC', least(o.every_s / 2, 300), 2 * o.every_s,
         true, 0, timestamptz '2026-01-01 00:00Z'
    from own_interval o join meter_group g on g.name = o.kind || ' every ' || o.every_s || ' s';

drop table reading_task;
-- Written by the hundred thousand, from the tables that a foreign key would check each row against.
create table reading_task (
  meter_id   integer not null,
  plan_id    integer not null references reading_plan,
  network_id integer not null,
  due_at     timestamptz not null,
  late_at    timestamptz not null,
  failures   integer not null default 0,
  primary key (meter_id, plan_id)
) with (fillfactor = 50);
comment on column reading_task.due_at is 'when the meter is asked, for the first time or again';
comment on column reading_task.late_at is
  'the deadline of the reading that is due next; a failed attempt does not move it';
create index reading_task_due on reading_task (network_id, due_at);
create index reading_task_plan on reading_task (plan_id);
insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
  select m.id, p.id, m.network_id, timestamptz '2026-01-01 00:00Z',
         timestamptz '2026-01-01 00:00Z'
    from reading_plan p
    join meter_group_member g on g.group_id = p.group_id
    join meter m on m.id = g.meter_id and m.state = 'ACTIVE';
insert into meter_contact (meter_id, leased_until)
  select id, timestamptz '2026-01-01 00:00Z' from meter on conflict do nothing;

-- Leased meters are few; they are counted by network and gateway at every claim.
create index meter_contact_leased on meter_contact (leased_until) where leased_by is not null;
alter table meter_contact add column resting_until timestamptz;
comment on column meter_contact.resting_until is
  'so often in vain that it is asked less often; null while it is not';

-- What an operation tried stands beside what was read as planned.
alter table reading_attempt add column operation_id bigint;
create index reading_attempt_operation on reading_attempt (operation_id)
  where operation_id is not null;

-- Attempts by their end, counted with them: a day may have a hundred million.
create table reading_count (
  at       timestamptz not null,
  node     text not null,
  kind     text not null,
  result   text not null,
  fault    text not null,
  attempts bigint not null,
  rows     bigint not null,
  primary key (at, node, kind, result, fault)
) partition by range (at);
create table reading_count_other partition of reading_count default;
comment on column reading_count.at is 'begin of the five minutes';
comment on column reading_count.fault is 'its kind; empty where the reading was complete';

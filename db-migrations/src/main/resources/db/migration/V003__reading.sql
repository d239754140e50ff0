-- What is due, and what was tried.

create table reading_task (
  meter_id integer not null references meter,
  kind     text not null check (kind in ('LOAD_PROFILE', 'REGISTERS', 'LOGBOOK', 'SETTINGS')),
  every_s  integer not null check (every_s between 5 and 2678400),
  due_at   timestamptz not null,
  failures integer not null default 0,
  primary key (meter_id, kind)
) with (fillfactor = 50);
create index reading_task_due on reading_task (due_at);

create table reading_attempt (
  meter_id   integer not null,
  kind       text not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  node       text not null,
  result     text not null check (result in ('COMPLETE', 'PARTIAL', 'FAILED')),
  fault      text,
  detail     text,
  received   integer not null,
  stored     integer not null,
  superseded integer not null,
  refused    integer not null,
  primary key (meter_id, started_at, kind)
) partition by range (started_at);
create table reading_attempt_other partition of reading_attempt default;

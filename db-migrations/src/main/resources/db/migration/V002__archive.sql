-- Interval data. One row = one timestamp of one profile with all its channels.

create table load_profile (
  id             integer generated always as identity primary key,
  meter_id       integer not null references meter,
  obis           text not null,
  capture_period integer check (capture_period > 0),
  first_at       timestamptz,
  unique (meter_id, obis)
);
comment on column load_profile.capture_period is 'seconds between two rows; null until known';
comment on column load_profile.first_at is 'period end of the oldest archived row';

create table load_profile_channel (
  profile_id integer not null references load_profile,
  obis       text not null,
  unit       text not null,
  scaler     smallint not null,
  rollover   bigint not null,
  terms      smallint[] not null,
  primary key (profile_id, obis)
);
comment on column load_profile_channel.terms is
  'positions in load_profile_entry.values, from 1; several are added up (T1 + T2)';

create table load_profile_entry (
  period_end timestamptz not null,
  sequence   bigint not null,
  profile_id integer not null,
  occurrence smallint not null,
  status     smallint not null,
  values     bigint[] not null,
  primary key (profile_id, period_end, occurrence)
) partition by range (period_end);
comment on column load_profile_entry.sequence is 'epoch << 40 | the meter''s own index';
comment on column load_profile_entry.occurrence is
  'a period end comes again after a clock was set back: its rank by sequence, from 0';
comment on column load_profile_entry.status is
  'high byte: as the meter gave it; low byte: flags as in a DLMS AMR profile';

-- Rows of a clock that was never set (year 2000) are kept here and make no partition of their own.
create table load_profile_entry_unsynchronised partition of load_profile_entry default;

-- What a row said before the meter gave it again with other values.
create table load_profile_superseded (
  profile_id    integer not null references load_profile,
  period_end    timestamptz not null,
  sequence      bigint not null,
  status        smallint not null,
  values        bigint[] not null,
  superseded_at timestamptz not null
);
create index load_profile_superseded_key on load_profile_superseded (profile_id, period_end);

create table archive_cursor (
  meter_id integer not null references meter,
  source   text not null,
  epoch    integer not null,
  index    bigint not null,
  at       timestamptz,
  primary key (meter_id, source)
) with (fillfactor = 50);
comment on column archive_cursor.source is 'OBIS code of the load profile or logbook';

create table present_register (
  meter_id    integer not null references meter,
  obis        text not null,
  position    smallint not null,
  value       numeric not null,
  unit        text not null,
  occurred_at timestamptz,
  read_at     timestamptz not null,
  primary key (meter_id, obis)
) with (fillfactor = 50);

create table refused_row (
  id         bigint generated always as identity primary key,
  meter_id   integer not null references meter,
  source     text not null,
  sequence   bigint not null,
  reason     text not null,
  field      text not null,
  raw        text not null,
  refused_at timestamptz not null
);
create unique index refused_row_once on refused_row (meter_id, source, sequence, md5(raw));

-- How much came in for each day, per writing node so that nodes do not wait for each other.
create table archive_day (
  day  date not null,
  node text not null,
  rows bigint not null,
  primary key (day, node)
) with (fillfactor = 20);
comment on column archive_day.day is 'UTC day in which the capture periods lay';

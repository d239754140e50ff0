-- How much of what meters should have recorded is archived, by meter, group and local day.

-- Noted with the rows themselves, in the same transaction; taken away by who counts.
create table load_profile_change (
  id         bigint generated always as identity primary key,
  profile_id integer not null,
  first_end  timestamptz not null,
  last_end   timestamptz not null check (last_end >= first_end)
);
comment on table load_profile_change is 'between these period ends the archive has changed';
comment on column load_profile_change.last_end is 'infinity: to the newest row there is';

create table load_profile_period (
  profile_id     integer not null references load_profile,
  since          timestamptz not null,
  capture_period integer not null check (capture_period > 0),
  primary key (profile_id, since)
);
comment on table load_profile_period is 'what is older than the oldest had its capture period too';
comment on column load_profile_period.since is 'the first period that was so long ended then';
insert into load_profile_period (profile_id, since, capture_period)
  select id, first_at, capture_period from load_profile
   where first_at is not null and capture_period is not null and obis <> '1-0:99.128.0';

create table completeness_day (
  day        date not null,
  profile_id integer not null,
  expected   integer not null,
  stored     integer not null,
  primary key (profile_id, day)
) partition by range (day);
create table completeness_day_other partition of completeness_day default;
comment on column completeness_day.day is 'in the time zone of the meter';
comment on column completeness_day.expected is
  'intervals of the whole day, on the first day of the profile from its first row on';
comment on column completeness_day.stored is 'of these, how many are archived';

-- The sum over the members that are counted (meter_group_member.counted), nothing else.
create table completeness_group_day (
  group_id integer not null references meter_group on delete cascade,
  day      date not null,
  expected bigint not null,
  stored   bigint not null,
  primary key (group_id, day)
) with (fillfactor = 50);

create table load_profile_gap (
  profile_id integer not null references load_profile,
  after      timestamptz not null,
  before     timestamptz not null check (before > after),
  missing    integer not null check (missing > 0),
  found_at   timestamptz not null,
  asked      integer not null default 0,
  ask_at     timestamptz not null,
  permanent  text,
  primary key (profile_id, after)
);
comment on column load_profile_gap.after is 'period end of the last row before the gap';
comment on column load_profile_gap.before is 'period end of the first row after the gap';
comment on column load_profile_gap.missing is 'intervals';
comment on column load_profile_gap.asked is 'how often the meter was asked for them since';
comment on column load_profile_gap.permanent is 'why it will never be filled; null while it may be';

-- A period belongs to the day in which it lay: what ends at midnight, to the day before.
create function local_day(period_end timestamptz, time_zone text) returns date
  language sql stable parallel safe
  return ((period_end - interval '1 microsecond') at time zone time_zone)::date;

-- Where clocks go back to midnight, there are two midnights; the day begins with the first.
create function local_day_start(day date, time_zone text) returns timestamptz
  language sql stable parallel safe
  return case when ((day::timestamp at time zone time_zone - interval '1 hour')
                    at time zone time_zone)::date = day
              then day::timestamp at time zone time_zone - interval '1 hour'
              else day::timestamp at time zone time_zone end;

-- All that was archived before is counted once.
insert into load_profile_change (profile_id, first_end, last_end)
  select profile_id, since, 'infinity' from load_profile_period;
drop table archive_day;

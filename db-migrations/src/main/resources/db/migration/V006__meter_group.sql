-- On which network and gateway a meter answers, where it is, and which meters belong together.

create table network (
  id            integer generated always as identity (start with 2) primary key,
  name          text not null unique check (name <> ''),
  most_sessions integer not null check (most_sessions between 1 and 100000),
  most_connects integer not null check (most_connects between 1 and 10000),
  next_connect  timestamptz not null,
  version       integer not null
);
comment on column network.most_sessions is 'open at once, over all nodes';
comment on column network.most_connects is 'new sessions per second, over all nodes';
comment on column network.next_connect is 'when the next new session may begin';
insert into network (id, name, most_sessions, most_connects, next_connect, version)
  overriding system value values (1, 'Standard', 1000, 500, timestamptz '2026-01-01 00:00Z', 0);

create table gateway (
  id            integer generated always as identity primary key,
  name          text not null unique check (name <> ''),
  network_id    integer not null references network,
  most_sessions integer not null check (most_sessions between 1 and 10000),
  version       integer not null
);
comment on column gateway.most_sessions is 'with meters behind it, open at once, over all nodes';

create table location (
  id        integer generated always as identity primary key,
  parent_id integer references location,
  name      text not null check (name <> '' and name not like '%/%'),
  path      text not null,
  full_name text not null,
  version   integer not null,
  unique nulls not distinct (parent_id, name)
);
comment on column location.path is 'ids from the root to this one: /1/5/; a subtree begins with it';
comment on column location.full_name is 'names from the root to this one: Basel/Harbour; unique with them';
create index location_path on location (path text_pattern_ops);
-- a hash: twenty long names are more than a tree takes
create index location_full_name on location using hash (full_name);

alter table meter
  add column network_id    integer not null default 1 references network,
  add column gateway_id    integer references gateway,
  add column location_id   integer references location,
  add column clock_limit_s integer not null default 60 check (clock_limit_s between 1 and 86400);
comment on column meter.clock_limit_s is 'a clock that is further off is reported';
create index meter_gateway on meter (gateway_id) where gateway_id is not null;
create index meter_location on meter (location_id) where location_id is not null;

create table meter_label (
  meter_id integer not null references meter,
  label    text not null check (label <> ''),
  primary key (label, meter_id)
);
create index meter_label_meter on meter_label (meter_id);

create table meter_group (
  id         integer generated always as identity (start with 3) primary key,
  name       text not null unique check (name <> ''),
  version    integer not null,
  created_at timestamptz not null
);

-- Rules and members name group and meter without a foreign key: a hundred thousand rows are written
-- at once, and looking each of them up twice is most of the work. Meters are never deleted, groups
-- only together with these rows.
create table meter_group_rule (
  id          integer generated always as identity primary key,
  group_id    integer not null,
  kind        text not null check (kind in
    ('ALL', 'WATCHED', 'METER', 'LOCATION', 'GATEWAY', 'NETWORK', 'LABEL', 'MODEL', 'GROUP')),
  excluded    boolean not null,
  meter_id    integer,
  location_id integer references location,
  gateway_id  integer references gateway,
  network_id  integer references network,
  label       text,
  model       text,
  member_id   integer references meter_group,
  check (num_nonnulls(meter_id, location_id, gateway_id, network_id, label, model, member_id)
         = case when kind in ('ALL', 'WATCHED') then 0 else 1 end)
);
comment on table meter_group_rule is
  'a group holds what any rule takes in, but for what an excluded one takes out';
comment on column meter_group_rule.member_id is 'the group within the group';
-- what takes in a meter that was saved: its own rules, and the few that name no meter
create unique index meter_group_rule_meter on meter_group_rule (meter_id, group_id, excluded)
  where kind = 'METER';
create unique index meter_group_rule_wide on meter_group_rule
  (kind, group_id, excluded, location_id, gateway_id, network_id, label, model, member_id)
  nulls not distinct where kind <> 'METER';
create index meter_group_rule_group on meter_group_rule (group_id);

create table meter_group_member (
  group_id integer not null,
  meter_id integer not null,
  counted  boolean not null default false,
  leaving  boolean not null default false,
  primary key (group_id, meter_id)
);
comment on table meter_group_member is 'what follows from the rules, kept up to date';
comment on column meter_group_member.counted is
  'completeness_group_day holds this meter''s days; true only by who counts';
comment on column meter_group_member.leaving is
  'not a member any more; goes when its days are taken out of the counts';
create index meter_group_member_meter on meter_group_member (meter_id);
create index meter_group_member_open on meter_group_member (group_id)
  where not counted or leaving;

insert into meter_group (id, name, version, created_at) overriding system value values
  (1, 'All meters', 0, timestamptz '2026-01-01 00:00Z'),
  (2, 'Watched meters', 0, timestamptz '2026-01-01 00:00Z');
insert into meter_group_rule (group_id, kind, excluded) values
  (1, 'ALL', false), (2, 'WATCHED', false);
insert into meter_group_member (group_id, meter_id)
  select 1, id from meter where state <> 'REMOVED'
  union all
  select 2, id from meter where state <> 'REMOVED' and watched;

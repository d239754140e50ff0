-- Roles are permissions under a name; a grant gives one over a group of meters.

create table role (
  id            integer generated always as identity (start with 100) primary key,
  name          text not null unique check (name <> ''),
  second_factor boolean not null,
  version       integer not null
);
comment on column role.id is 'those below 100 are built in';
comment on column role.second_factor is 'its holders must come with one';

create table role_permission (
  role_id    integer not null references role on delete cascade,
  permission text not null check (permission <> ''),
  primary key (role_id, permission)
);
comment on column role_permission.permission is
  'of org.meterledger.access.Permission; a name that a version does not know gives nothing';

insert into role (id, name, second_factor, version) overriding system value values
  (1, 'Administrator', false, 0),
  (2, 'Operator', false, 0),
  (3, 'Tariff manager', false, 0),
  (4, 'Firmware manager', false, 0),
  (5, 'Analyst', false, 0),
  (6, 'Viewer', false, 0),
  (7, 'Auditor', false, 0);
insert into role_permission (role_id, permission)
  select 1, unnest('{VIEW_METERS,EXPORT,OPERATE,MANAGE_METERS,MANAGE_PLANS,VALIDATE,MANAGE_TARIFFS,
    MANAGE_FIRMWARE,APPROVE,MANAGE_GROUPS,MANAGE_NETWORKS,MANAGE_WEBHOOKS,MANAGE_ACCOUNTS,
    VIEW_AUDIT}'::text[])
  union all
  select 2, unnest('{VIEW_METERS,EXPORT,OPERATE,MANAGE_METERS,MANAGE_PLANS}'::text[])
  union all
  select 3, unnest('{VIEW_METERS,EXPORT,MANAGE_TARIFFS}'::text[])
  union all
  select 4, unnest('{VIEW_METERS,EXPORT,MANAGE_FIRMWARE}'::text[])
  union all
  select 5, unnest('{VIEW_METERS,EXPORT,VALIDATE}'::text[])
  union all
  select 6, unnest('{VIEW_METERS,EXPORT}'::text[])
  union all
  select 7, unnest('{VIEW_AUDIT}'::text[]);

create table access_grant (
  id         integer generated always as identity primary key,
  account_id integer not null references account on delete cascade,
  role_id    integer references role,
  group_id   integer not null references meter_group,
  access     text not null check (access in ('NONE', 'VIEW', 'CONFIGURE')),
  check ((access = 'NONE') = (role_id is null)),
  unique nulls not distinct (account_id, role_id, group_id)
);
comment on column access_grant.access is
  'NONE: the meters of the group do not exist for the account, whatever else it was given';
create index access_grant_role on access_grant (role_id);
create index access_grant_group on access_grant (group_id);

insert into access_grant (account_id, role_id, group_id, access)
  select id, case role when 'ADMINISTRATOR' then 1 else 6 end, 1,
         case role when 'ADMINISTRATOR' then 'CONFIGURE' else 'VIEW' end
    from account;
alter table account drop column role;

alter table api_token
  add column permissions text[] check (cardinality(permissions) > 0),
  add column group_ids   integer[] check (cardinality(group_ids) > 0);
comment on column api_token.permissions is 'null: all that its account has';
comment on column api_token.group_ids is 'null: all meters of its account';

alter table web_session add column address text;
comment on column web_session.address is 'from which the account signed in';

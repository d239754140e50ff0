-- Accounts that come in by an identity provider (OpenID Connect), and what its claims give them.

create table account_identity (
  account_id integer primary key references account on delete cascade,
  issuer     text not null check (issuer <> ''),
  subject    text not null check (subject <> ''),
  managed    boolean not null,
  linked_at  timestamptz not null,
  unique (issuer, subject)
);
comment on table account_identity is
  'names and mail addresses change hands; issuer and subject together never do';
comment on column account_identity.managed is
  'made by the first sign-in: its grants are those of its claims, anew at each';

create table claim_grant (
  id          integer generated always as identity primary key,
  claim_value text not null check (claim_value <> ''),
  role_id     integer references role,
  group_id    integer not null references meter_group,
  access      text not null check (access in ('NONE', 'VIEW', 'CONFIGURE')),
  check ((access = 'NONE') = (role_id is null)),
  unique nulls not distinct (claim_value, role_id, group_id)
);
comment on column claim_grant.claim_value is 'as the provider writes it, for example a group of it';
create index claim_grant_role on claim_grant (role_id);
create index claim_grant_group on claim_grant (group_id);

alter table web_session add column second_factor boolean not null default false;
comment on column web_session.second_factor is
  'the identity provider has asked for one: the portal need not';

-- How an account comes to a password and loses it, and what it comes with besides.

alter table account
  alter column password_hash drop not null,
  alter column password_changed_at drop not null,
  add column time_zone text check (time_zone <> ''),
  add column locked_at timestamptz,
  add column lock_reason text check (lock_reason <> ''),
  add check ((locked_at is null) = (lock_reason is null)),
  add check ((password_hash is null) = (password_changed_at is null));
comment on column account.password_hash is
  'PHC string of Argon2id; null until the account has chosen a password by its link';
comment on column account.time_zone is 'IANA name; null: that of the portal';

create table account_link (
  account_id integer primary key references account on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null
);
comment on table account_link is 'by which an account without password chooses one, once';
comment on column account_link.token_hash is 'SHA-256 of 256 random bits: no slow hash is needed';

create table second_factor (
  account_id   integer primary key references account on delete cascade,
  secret       bytea not null,
  confirmed_at timestamptz,
  last_step    bigint not null
);
comment on column second_factor.secret is
  'AES-GCM under the master key: base32 of 160 random bits';
comment on column second_factor.confirmed_at is 'null until a code has been typed once';
comment on column second_factor.last_step is
  'time step of RFC 6238 of the last code that was right: none is good twice';

create table recovery_code (
  account_id integer not null references second_factor on delete cascade,
  code_hash  bytea not null,
  primary key (account_id, code_hash)
);
comment on column recovery_code.code_hash is 'SHA-256 of 120 random bits';

alter table sign_in_attempt add column name_hash bytea;
comment on column sign_in_attempt.name_hash is
  'SHA-256 of the name, where it is part of the key: by it an account is let in again';
update sign_in_attempt set name_hash = key where scope = 'ACCOUNT';
create index sign_in_attempt_name on sign_in_attempt (name_hash);

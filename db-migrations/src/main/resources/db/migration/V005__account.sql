-- Who may come in, with what, and who tried in vain.

create table account (
  id                  integer generated always as identity primary key,
  name                text not null check (name <> ''),
  name_key            text not null unique,
  password_hash       text not null,
  role                text not null check (role in ('ADMINISTRATOR', 'VIEWER')),
  language            text,
  theme               text check (theme in ('LIGHT', 'DARK')),
  enabled             boolean not null,
  version             integer not null,
  created_at          timestamptz not null,
  password_changed_at timestamptz not null
);
comment on column account.name_key is
  'the name folded by the program: lower() depends on the collation of the database';
comment on column account.password_hash is 'PHC string of Argon2id';
comment on column account.language is 'null: as the browser asks';
comment on column account.theme is 'null: as the system is set';

create table api_token (
  id           integer generated always as identity primary key,
  account_id   integer not null references account on delete cascade,
  label        text not null,
  token_hash   bytea not null unique,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
comment on column api_token.token_hash is 'SHA-256 of 256 random bits: no slow hash is needed';
create index api_token_account on api_token (account_id);

-- Signed-in browsers, known to every node, so that one can be ended from another.
create table web_session (
  id         bigint generated always as identity primary key,
  account_id integer not null references account on delete cascade,
  token_hash bytea not null unique,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null
);
comment on column web_session.token_hash is
  'of the token that the pages of this session hand to their scripts';
create index web_session_account on web_session (account_id);

create table setup_code (
  code_hash  bytea primary key,
  created_at timestamptz not null
);
comment on table setup_code is 'codes in the logs of the nodes, until the first account exists';

create table sign_in_attempt (
  scope         text not null check (scope in ('ACCOUNT', 'ADDRESS', 'PAIR')),
  key           bytea not null,
  failures      integer not null,
  last_at       timestamptz not null,
  blocked_until timestamptz,
  succeeded_at  timestamptz,
  primary key (scope, key)
) with (fillfactor = 70);
comment on column sign_in_attempt.key is
  'SHA-256 of name, address or both: what people mistype as a name may be a password';
create index sign_in_attempt_last on sign_in_attempt (last_at);

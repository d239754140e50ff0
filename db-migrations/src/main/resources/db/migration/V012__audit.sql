-- Who did what. Rows are only added; whole partitions go when they are old enough.

create sequence audit_number;

create table audit_entry (
  id             bigint not null default nextval('audit_number'),
  at             timestamptz not null,
  account_id     integer,
  account        text,
  token_id       integer,
  address        text,
  correlation_id text,
  action         text not null check (action <> ''),
  subject        text,
  outcome        text not null check (outcome in ('DONE', 'DENIED', 'FAILED')),
  before         json,
  after          json,
  primary key (at, id)
) partition by range (at);
create table audit_entry_other partition of audit_entry default;
comment on column audit_entry.account is 'its name at that time; null: nobody, or the portal itself';
comment on column audit_entry.subject is 'serial number, name or id of what it was done to';
comment on column audit_entry.before is 'json and not jsonb: the text is what was sealed';
create index audit_entry_id on audit_entry (id);
create index audit_entry_account on audit_entry (account, at);
create index audit_entry_subject on audit_entry (subject, at);

create function audit_only_grows() returns trigger language plpgsql as $$
begin
  raise exception 'The audit trail only grows' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_only_grows before update or delete on audit_entry
  for each row execute function audit_only_grows();

create table audit_seal (
  id        bigint primary key,
  first_id  bigint not null,
  last_id   bigint not null check (last_id >= first_id),
  entries   integer not null check (entries > 0),
  from_at   timestamptz not null,
  to_at     timestamptz not null,
  digests   bytea not null check (length(digests) = 40 * entries),
  previous  bytea not null check (length(previous) = 32),
  hash      bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null
);
comment on column audit_seal.digests is
  'of each entry in the order of ids: the id as 8 bytes, SHA-256 of the entry';
comment on column audit_seal.hash is 'SHA-256 of previous, first_id, last_id and digests';
create trigger audit_seal_only_grows before update or delete on audit_seal
  for each row execute function audit_only_grows();

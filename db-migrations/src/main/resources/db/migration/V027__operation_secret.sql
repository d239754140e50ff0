-- What was given along with an operation and nobody may read: passwords and keys. Those who look at
-- the operation see that something was given.
create table operation_secret (
  id     integer generated always as identity primary key,
  secret bytea not null
);
comment on table operation_secret is 'gone as soon as no operation waits that needs it';
comment on column operation_secret.secret is
  'AES-GCM: key id, nonce, cipher text; never in clear. A JSON object of parameters';

alter table operation add column secret_id integer;
comment on column operation.secret_id is 'null: no parameter is secret, or it is gone already';
create index operation_secret_id on operation (secret_id) where secret_id is not null;

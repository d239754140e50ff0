-- How the portal speaks with a gateway. One without a row here only limits how many of its meters
-- are called at once.
create table gateway_access (
  gateway_id  integer primary key references gateway on delete cascade,
  model       text not null,
  address     text not null check (address <> ''),
  user_name   text not null check (user_name <> ''),
  password    bytea not null,
  time_zone   text not null check (time_zone <> ''),
  certificate text not null check (certificate ~ '^[0-9a-f]{64}$'),
  old_tls     boolean not null
);
comment on column gateway_access.model is 'folder under device-models/';
comment on column gateway_access.password is 'AES-GCM: key id, nonce, cipher text; never in clear';
comment on column gateway_access.time_zone is 'IANA name: in which its clock and those behind it run';
comment on column gateway_access.certificate is
  'SHA-256 of the one certificate that it may show, confirmed by a person';
comment on column gateway_access.old_tls is 'whether TLS 1.0 and 1.1 are allowed for it';

alter table meter alter column address drop not null;
comment on column meter.address is 'null: reached through its gateway';

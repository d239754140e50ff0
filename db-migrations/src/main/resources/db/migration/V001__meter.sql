-- The place that is billed, the instrument, and which instrument was where, from when to when.

create table metering_point (
  id         integer generated always as identity primary key,
  code       text not null unique check (code <> ''),
  name       text,
  time_zone  text not null,
  created_at timestamptz not null
);

create table meter (
  id            integer generated always as identity primary key,
  serial_number text not null unique check (serial_number <> ''),
  model         text not null,
  alias         text,
  address       text not null,
  user_name     text,
  password      bytea,
  time_zone     text not null,
  state         text not null check (state in ('ACTIVE', 'PAUSED', 'REMOVED')),
  watched       boolean not null,
  version       integer not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
comment on column meter.model is 'folder under device-models/';
comment on column meter.password is 'AES-GCM: key id, nonce, cipher text; never in clear';
comment on column meter.watched is 'present values are read every minute';

-- a search is for what a name begins with
create index meter_serial_number_prefix on meter (lower(serial_number) text_pattern_ops);
create index meter_alias_prefix on meter (lower(alias) text_pattern_ops);

create table installation (
  id                integer generated always as identity primary key,
  meter_id          integer not null references meter,
  metering_point_id integer not null references metering_point,
  installed_at      timestamptz not null,
  removed_at        timestamptz,
  ct_factor         numeric not null default 1 check (ct_factor > 0),
  vt_factor         numeric not null default 1 check (vt_factor > 0),
  check (removed_at is null or removed_at > installed_at),
  -- ranges of one number stand for equality, so that btree_gist is not needed
  constraint one_place_per_meter exclude using gist (
    int4range(meter_id, meter_id, '[]') with &&,
    tstzrange(installed_at, removed_at) with &&),
  constraint one_meter_per_point exclude using gist (
    int4range(metering_point_id, metering_point_id, '[]') with &&,
    tstzrange(installed_at, removed_at) with &&)
);

-- What changes at every contact stands apart from what a person maintains: one row, often written.
create table meter_contact (
  meter_id         integer primary key references meter,
  leased_by        text,
  leased_until     timestamptz not null,
  last_attempt_at  timestamptz,
  last_contact_at  timestamptz,
  last_reading_at  timestamptz,
  fault            text,
  fault_detail     text,
  failures         integer not null default 0,
  clock_drift_ms   bigint,
  firmware         text
) with (fillfactor = 50);
comment on column meter_contact.leased_until is 'until then one node speaks with the meter';
comment on column meter_contact.last_reading_at is 'period end of the newest archived row';
comment on column meter_contact.clock_drift_ms is 'meter time minus ours at the last contact';

create table meter_settings (
  meter_id integer primary key references meter,
  read_at  timestamptz not null,
  settings json not null
);
comment on column meter_settings.settings is 'json, not jsonb: the order of the meter is kept';

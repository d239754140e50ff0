-- Signed records of charging, each byte for byte as its meter signed it, and the keys to verify them.

-- A record is what its digest says: the same one again is nothing new, and what comes under the same
-- number with another content is a refused_row. Whether it is valid is not stored: that follows from
-- text and key.
create table charging_record (
  meter_id    integer not null,
  made_at     timestamptz not null,
  sha256      bytea not null check (length(sha256) = 32),
  text        bytea not null,
  pagination  text,
  progressive bigint,
  epoch       integer not null,
  rolled_over boolean,
  received_at timestamptz not null,
  primary key (meter_id, made_at, sha256)
) partition by range (made_at);
create table charging_record_other partition of charging_record default;
create index charging_record_pagination on charging_record (meter_id, pagination);
create index charging_record_progressive on charging_record (meter_id, progressive);
comment on column charging_record.made_at is
  'of its last reading, as the record tells it; 1970 where it tells none that can be';
comment on column charging_record.sha256 is 'of text when it came';
comment on column charging_record.text is 'OCMF|…|… in UTF-8, as it was received';
comment on column charging_record.pagination is 'as in the record; null where none could be found';
comment on column charging_record.progressive is 'the meter''s own number; null where it told none';
comment on column charging_record.epoch is 'how often the meter''s numbers had been seen to begin anew';
comment on column charging_record.rolled_over is
  'as the meter told along with it; null where nobody knows';

-- Registered by a person at commissioning. What was registered once stays, for older records.
create table charging_key (
  id            integer generated always as identity primary key,
  meter_id      integer not null references meter on delete cascade,
  key           bytea not null,
  curve         text not null,
  fingerprint   text not null,
  valid_from    timestamptz not null,
  registered_by text not null,
  registered_at timestamptz not null,
  withdrawn_by  text,
  withdrawn_at  timestamptz,
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index charging_key_meter on charging_key (meter_id, id);
comment on column charging_key.key is 'SubjectPublicKeyInfo, DER';
comment on column charging_key.valid_from is
  'of the records from then on, until the next one that is not withdrawn';

-- What the meter itself said last. A change is told in the portal''s logbook, as an alarm.
create table charging_key_told (
  meter_id    integer primary key references meter on delete cascade,
  key         text not null,
  fingerprint text,
  told_at     timestamptz not null,
  since       timestamptz not null
);
comment on column charging_key_told.key is 'as the meter wrote it';
comment on column charging_key_told.fingerprint is 'null where what it wrote is no key';

-- Records are read along with what is read most often anyway, in the same session; a meter that signs
-- none is not asked.
update reading_plan set kinds = kinds || '{CHARGING}', version = version + 1 where id = 1;

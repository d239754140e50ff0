-- What a meter last told of each part of what can be set of it.
create table meter_settings_part (
  meter_id     integer not null references meter on delete cascade,
  part         text not null check (part <> ''),
  read_at      timestamptz not null,
  settings     json not null,
  choices      json not null,
  operation_id bigint,
  primary key (meter_id, part)
);
comment on column meter_settings_part.settings is
  'by name of the field, with rows as {"rows": […]}; json, not jsonb: the order of the meter is '
  'kept. Never a secret: what one sees here everybody does who sees the meter';
comment on column meter_settings_part.choices is
  'names of the values that the meter itself offers, by field and value';
comment on column meter_settings_part.operation_id is
  'that read it; the operation may be dropped already';

-- What meters and the portal itself noted, each line once.

create table logbook_entry (
  meter_id integer not null,
  logbook  text not null,
  at       timestamptz not null,
  sequence bigint not null,
  code     integer not null,
  detail   json not null,
  noted_at timestamptz not null,
  primary key (meter_id, at, logbook, sequence, code)
) partition by range (at);
create table logbook_entry_other partition of logbook_entry default;
comment on column logbook_entry.logbook is
  '0-0:99.98.0-127: the meter''s; 0-0:99.98.129: told by the status of load-profile rows; '
  '0-0:99.98.128: noticed by the portal';

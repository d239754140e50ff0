-- A gateway is a device too: it has a clock, settings and a log of its own.
alter table gateway_access add meter_id integer unique references meter on delete set null;
comment on column gateway_access.meter_id is
  'the gateway as a device; null until it is spoken with again after the change that brought this';

-- The last scan for meters of a gateway, as far as it has come.
create table gateway_scan (
  meter_id   integer primary key references meter on delete cascade,
  number     bigint not null check (number > 0),
  started_at timestamptz not null,
  told_at    timestamptz not null,
  state      text not null check (state in ('RUNNING', 'COMPLETE', 'BROKEN_OFF')),
  found      json not null
);
comment on column gateway_scan.number is 'by which the gateway tells apart what its scans found';
comment on column gateway_scan.told_at is 'when the gateway last told how far it is';
comment on column gateway_scan.found is 'what is on its list: scan, serialNumber, bus, address';

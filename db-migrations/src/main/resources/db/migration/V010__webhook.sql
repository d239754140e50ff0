-- Who is told over HTTP of operations that ended and of alarms, and what was told.

create table webhook (
  id         integer generated always as identity primary key,
  name       text not null unique check (name <> ''),
  url        text not null,
  events     text[] not null check (cardinality(events) > 0
             and events <@ array['OPERATION_ENDED', 'ALARM']),
  group_id   integer references meter_group,
  secret     bytea not null,
  enabled    boolean not null,
  version    integer not null,
  created_at timestamptz not null
);
comment on column webhook.group_id is 'only of these meters; null: of all';
comment on column webhook.secret is 'AES-GCM: key id, nonce, cipher text; never in clear';
create index webhook_group on webhook (group_id) where group_id is not null;

-- Written by triggers in the transaction in which it happened, for each webhook that wants it; taken
-- away in the transaction that puts it into webhook_delivery. So all is told, and queued once.
create table webhook_event (
  id           bigint generated always as identity primary key,
  webhook_id   integer not null,
  meter_id     integer not null,
  operation_id bigint,
  logbook      text,
  at           timestamptz,
  sequence     bigint,
  code         integer,
  detail       json,
  noted_at     timestamptz,
  check ((operation_id is null) = (logbook is not null))
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
comment on column webhook_event.logbook is
  'this and the following: a new line, which may be an alarm or not';

create sequence webhook_delivery_number;

create table webhook_delivery (
  id         bigint not null,
  webhook_id integer not null,
  message_id uuid not null,
  event      text not null check (event in ('OPERATION_ENDED', 'ALARM', 'PING')),
  meter_id   integer,
  body       text not null,
  state      text not null check (state in ('QUEUED', 'DELIVERED', 'FAILED')),
  created_at timestamptz not null,
  due_at     timestamptz not null,
  expires_at timestamptz not null,
  claimed_by text,
  attempts   integer not null default 0,
  failures   integer not null default 0,
  tried_at   timestamptz,
  status     integer,
  fault      text,
  primary key (id, created_at)
) partition by range (created_at);
create table webhook_delivery_other partition of webhook_delivery default;
comment on table webhook_delivery is
  'the queue and the log; without a foreign key, so that the log may outlive its webhook';
comment on column webhook_delivery.message_id is 'the same at each attempt: who is told twice knows';
comment on column webhook_delivery.body is 'as it is sent and signed, to the byte';
comment on column webhook_delivery.due_at is
  'when it is tried next; while claimed_by is set, when another node may take it';
comment on column webhook_delivery.expires_at is 'not tried any more after that';
comment on column webhook_delivery.failures is 'in a row; a person who sends it again begins anew';
comment on column webhook_delivery.status is 'of the last answer; null where there was none';
create index webhook_delivery_due on webhook_delivery (webhook_id, due_at) where state = 'QUEUED';
create index webhook_delivery_log on webhook_delivery (webhook_id, id);

-- Both triggers are by statement, since the archive and the queue write many rows with one: by row,
-- 50 000 operations that end at once took twice as long, even where nobody is to be told.
create function tell_webhooks_of_operations() returns trigger language plpgsql as $$
begin
  if exists (select from webhook where enabled and 'OPERATION_ENDED' = any (events)) then
    insert into webhook_event (webhook_id, meter_id, operation_id)
      select w.id, a.meter_id, a.id
        from after a
        join before b on b.id = a.id
         and b.state not in ('SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED')
        join webhook w on w.enabled and 'OPERATION_ENDED' = any (w.events)
         and (w.group_id is null or exists (
              select from meter_group_member g
               where g.group_id = w.group_id and g.meter_id = a.meter_id and not g.leaving))
       where a.state in ('SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED');
  end if;
  return null;
end $$;

create trigger operations_ended after update on operation
  referencing old table as before new table as after
  for each statement execute function tell_webhooks_of_operations();

-- Which codes are alarms say the device models: that is judged when the line is taken from here.
create function tell_webhooks_of_lines() returns trigger language plpgsql as $$
begin
  if exists (select from webhook where enabled and 'ALARM' = any (events)) then
    insert into webhook_event
        (webhook_id, meter_id, logbook, at, sequence, code, detail, noted_at)
      select w.id, a.meter_id, a.logbook, a.at, a.sequence, a.code, a.detail, a.noted_at
        from added a
        join webhook w on w.enabled and 'ALARM' = any (w.events)
         and (w.group_id is null or exists (
              select from meter_group_member g
               where g.group_id = w.group_id and g.meter_id = a.meter_id and not g.leaving));
  end if;
  return null;
end $$;

create trigger logbook_lines_added after insert on logbook_entry
  referencing new table as added
  for each statement execute function tell_webhooks_of_lines();

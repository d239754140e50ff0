-- What is asked of a meter once. The id begins with the second of the request.

create sequence operation_number;

create table operation_group (
  id           bigint primary key,
  kind         text not null,
  parameters   json not null,
  group_id     integer,
  note         text,
  meters       integer not null,
  requested_by text not null,
  requested_at timestamptz not null
);
comment on column operation_group.group_id is 'of the meter group; null where meters were named';

create table operation (
  id              bigint not null primary key,
  meter_id        integer not null,
  network_id      integer not null,
  group_id        bigint,
  bundle_id       bigint,
  step            smallint not null,
  kind            text not null,
  parameters      json not null,
  priority        smallint not null check (priority between 0 and 9),
  not_before      timestamptz not null,
  expires_at      timestamptz not null,
  due_at          timestamptz not null,
  bypass_retry    boolean not null,
  stop_on_failure boolean not null,
  correlation_id  text not null,
  requested_by    text not null,
  requested_at    timestamptz not null,
  state           text not null check (state in
    ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED')),
  attempts        integer not null,
  node            text,
  started_at      timestamptz,
  ended_at        timestamptz,
  result          json,
  fault           text,
  detail          text
) partition by range (id);
create table operation_other partition of operation default;
comment on column operation.id is
  'seconds since 2020 << 22 | a running number: ordered by time, exact in a double';
comment on column operation.bundle_id is 'id of the first operation of the bundle; null where single';
comment on column operation.step is 'place in the bundle, from 0';
comment on column operation.due_at is 'not_before, or when it is tried again';

create index operation_due on operation (network_id, priority desc, due_at)
  where state in ('QUEUED', 'WAITING');
create index operation_live on operation (meter_id)
  where state in ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING');
-- swept every few seconds, among perhaps a million that wait
create index operation_expiry on operation (expires_at) where state in ('QUEUED', 'WAITING');
create index operation_held on operation (meter_id) where state in ('CLAIMED', 'RUNNING');
create index operation_meter on operation (meter_id, id);
create index operation_group_state on operation (group_id, state) where group_id is not null;
create index operation_bundle on operation (bundle_id) where bundle_id is not null;

create table operation_request (
  requested_by text not null,
  key          text not null,
  digest       bytea not null,
  answer       json not null,
  requested_at timestamptz not null,
  primary key (requested_by, key)
);
comment on table operation_request is 'the same request with the same key is answered, not done again';
create index operation_request_at on operation_request (requested_at);

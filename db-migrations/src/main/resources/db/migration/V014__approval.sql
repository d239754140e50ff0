-- Operations of a marked kind wait until a second person has decided on them.

create table operation_rule (
  kind     text primary key check (kind <> ''),
  approval boolean not null,
  set_by   text not null,
  set_at   timestamptz not null
);
comment on column operation_rule.approval is 'its operations wait for a second person';

create table operation_approval (
  id         bigint primary key,
  account_id integer not null,
  expires_at timestamptz not null,
  approved   boolean,
  decider_id integer check (decider_id <> account_id),
  decided_by text,
  decided_at timestamptz,
  reason     text,
  check (num_nonnulls(approved, decider_id, decided_by, decided_at) in (0, 4)),
  check ((reason is not null) = (approved is not null and not approved))
);
comment on column operation_approval.id is
  'of the operation, of the first of the bundle, or of the request to many meters';
comment on column operation_approval.account_id is 'who asked';
comment on column operation_approval.approved is 'null: nobody has decided';
create index operation_approval_open on operation_approval (expires_at) where approved is null;

alter table operation
  add column approval_id bigint,
  drop constraint operation_state_check,
  add constraint operation_state_check check (state in
    ('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED',
     'EXPIRED', 'CANCELLED', 'REJECTED'));
comment on column operation.approval_id is 'null: it needs none';

drop index operation_live, operation_expiry;
create index operation_live on operation (meter_id)
  where state in ('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING');
create index operation_expiry on operation (expires_at)
  where state in ('AWAITING_APPROVAL', 'QUEUED', 'WAITING');
create index operation_approval_state on operation (approval_id, state) where approval_id is not null;

create or replace function tell_webhooks_of_operations() returns trigger language plpgsql as $$
begin
  if exists (select from webhook where enabled and 'OPERATION_ENDED' = any (events)) then
    insert into webhook_event (webhook_id, meter_id, operation_id)
      select w.id, a.meter_id, a.id
        from after a
        join before b on b.id = a.id
         and b.state not in ('SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED', 'REJECTED')
        join webhook w on w.enabled and 'OPERATION_ENDED' = any (w.events)
         and (w.group_id is null or exists (
              select from meter_group_member g
               where g.group_id = w.group_id and g.meter_id = a.meter_id and not g.leaving))
       where a.state in ('SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED', 'REJECTED');
  end if;
  return null;
end $$;

-- Registers that are read at the end of a period cannot be read for it later: they go first.
alter table reading_task add column at_period_end boolean not null default false;
comment on column reading_task.at_period_end is
  'it makes a load profile of registers: for each minute that it comes later the profile is worse';
create index reading_task_at_period_end on reading_task (network_id, due_at) where at_period_end;

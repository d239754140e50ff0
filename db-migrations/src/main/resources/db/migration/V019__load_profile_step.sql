-- Rows without a running number of the meter bear one that stands for their time.
alter table load_profile add column step bigint not null default 1 check (step > 0);
comment on column load_profile.step is
  'by how much the numbers of two rows differ that the meter recorded one after the other';

-- A meter that keeps no load profile is not overdue for having none.
alter table reading_attempt drop constraint reading_attempt_result_check;
-- wider than before, so what is there need not be looked through
alter table reading_attempt add constraint reading_attempt_result_check
  check (result in ('COMPLETE', 'PARTIAL', 'FAILED', 'NOT_KEPT')) not valid;

alter table meter_contact add column keeps_load_profile boolean;
comment on column meter_contact.keeps_load_profile is
  'as it said when it was last asked for one; null while it did not say';

-- Kept beside the row where it is long, and nothing where it is null.
alter table reading_attempt add column answer text;
comment on column reading_attempt.answer is
  'what the device answered where that was the fault: at most 4 KiB, secrets masked; else null';

-- The first page of the meters of some groups, in the order of the list, without looking at the
-- million that are in none of them. A serial number never changes: nothing keeps the copy up to date.
alter table meter_group_member add column serial_number text;
update meter_group_member v set serial_number = m.serial_number from meter m where m.id = v.meter_id;
alter table meter_group_member alter column serial_number set not null;
comment on column meter_group_member.serial_number is 'that of the meter';
create index meter_group_member_serial_number on meter_group_member (group_id, serial_number)
  include (meter_id) where not leaving;

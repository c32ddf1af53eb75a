drop function empty_notes(bigint);
drop table notes;
drop table statement_people;
alter table users drop column time_zone;
alter table statements drop column not_before, drop column not_before_zone;
drop index statements_begun;
drop index translations_waiting;
update translations set desk_state = 'draft' where desk_state not in ('none', 'draft');
alter table translations
    drop column submitted_revision_id,
    drop column submitted_by,
    drop column submitted_at,
    drop column decided_by,
    drop column decided_at,
    drop column fell_back_from,
    drop column publish_at,
    drop column publish_zone,
    drop column publish_change_kind,
    drop column publish_change_note;
comment on column translations.desk_state is 'what waits on the desk: none or draft';

create or replace function empty_texts(of_translation bigint) returns void language plpgsql as $$
begin
    perform set_config('onrecord.emptying', 'yes', true);
    update revision_texts set salt = '', title = '', summary = '', body = '', sign_off = '', credit = ''
        where revision_id in (select id from revisions where translation_id = of_translation);
    update versions set body_html = '' where translation_id = of_translation;
    perform set_config('onrecord.emptying', 'no', true);
end $$;
alter table versions drop column based_on_version_id;
alter table translations drop column will_follow_version_id, drop column based_on_version_id;
comment on column list_counts.list is 'all, kind:KIND or topic:ID';
delete from list_counts where list = 'corrections';
drop table list_changes;
drop table closed_versions;

-- What was said before can be read, and closed; what changed is listed; a translation knows what it follows.

create table closed_versions (
    version_id bigint primary key references versions,
    closed_on date not null,
    reason text not null
);
comment on table closed_versions is 'A row for each version that is closed by itself: 410 with this reason, no word of it in any public answer';

create table list_changes (
    version_id bigint primary key references versions,
    statement_id bigint not null references statements,
    locale text not null,
    number bigint not null,
    n integer not null,
    change_kind text not null,
    change_note text not null,
    title text not null,
    is_sample boolean not null,
    published_on date not null,
    closed_on date,
    closed_reason text not null
);
comment on table list_changes is 'A row for each correction, update and retraction of a text that is public now, for the list of them';
comment on column list_changes.title is 'of the text as it is today: what was corrected in a title is not told again';
comment on column list_changes.change_note is 'empty where the version is closed: then the reason stands in its place';
create index list_changes_newest on list_changes (locale, published_on desc, number desc, n desc);
create index list_changes_statement on list_changes (statement_id);
comment on column list_counts.list is 'all, kind:KIND or topic:ID; or corrections, whose locales are one language and whose entries are changes';

alter table translations
    add column based_on_version_id bigint references versions,
    add column will_follow_version_id bigint references versions;
comment on column translations.based_on_version_id is 'the version of its original that the public text follows; null for an original, and while that is not public';
comment on column translations.will_follow_version_id is 'the version that the next publication will say it follows; null: the one that is public then';
alter table versions add column based_on_version_id bigint references versions;
comment on column versions.based_on_version_id is 'the version of its original that it followed when it went public';

-- What is public already follows the version of its original that was public when it went out.
update translations t set based_on_version_id = coalesce(
    (select v.id from versions v where v.translation_id = o.id and v.published_at <= live.published_at
      order by v.n desc limit 1),
    (select v.id from versions v where v.translation_id = o.id order by v.n limit 1))
  from statements s, translations o, versions live
 where s.id = t.statement_id and o.statement_id = s.id and o.locale = s.original_locale
   and o.live_version_id is not null and t.locale <> s.original_locale and live.id = t.live_version_id;

insert into list_changes (version_id, statement_id, locale, number, n, change_kind, change_note, title, is_sample,
    published_on, closed_reason)
select v.id, s.id, t.locale, s.number, v.n, v.change_kind, v.change_note, r.title, s.is_sample,
    (v.published_at at time zone 'UTC')::date, ''
  from translations t
  join statements s on s.id = t.statement_id
  join versions v on v.translation_id = t.id
  join versions live on live.id = t.live_version_id
  join revision_texts r on r.revision_id = live.revision_id
 where t.public_state = 'published' and v.change_kind in ('correction', 'update', 'retraction');

insert into list_counts (list, period, part_of, locales, entries)
select 'corrections', period, part_of, locale, count(*) from (
    select locale, 'all' as period, '' as part_of from list_changes
    union all select locale, to_char(published_on, 'YYYY'), 'all' from list_changes
    union all select locale, to_char(published_on, 'YYYY-MM'), to_char(published_on, 'YYYY') from list_changes
    union all select locale, to_char(published_on, 'YYYY-MM-DD'), to_char(published_on, 'YYYY-MM') from list_changes
) periods group by period, part_of, locale;

-- The notes of a text, and what its closed versions say instead, are words of it too; so is what a digest
-- without salt could be guessed back to.
create or replace function empty_texts(of_translation bigint) returns void language plpgsql as $$
begin
    perform set_config('onrecord.emptying', 'yes', true);
    update revision_texts set salt = '', title = '', summary = '', body = '', sign_off = '', credit = ''
        where revision_id in (select id from revisions where translation_id = of_translation);
    update versions set body_html = '', change_note = '' where translation_id = of_translation;
    perform set_config('onrecord.emptying', 'no', true);
    delete from closed_versions
        where version_id in (select id from versions where translation_id = of_translation);
    update import_items i set digest = '' from translations t join statements s on s.id = t.statement_id
        where t.id = of_translation and i.number = s.number and i.locale = t.locale;
end $$;

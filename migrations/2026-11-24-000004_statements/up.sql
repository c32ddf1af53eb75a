-- The record itself: what the desk writes (revisions) beside what went public (versions).

create table statements (
    id bigint generated always as identity primary key,
    number bigint not null unique check (number > 0),
    kind text not null,
    issued_on date not null,
    issued_precision text not null,
    original_locale text not null,
    is_sample boolean not null default false,
    created_by bigint references users,
    created_at timestamptz not null,
    touched_at timestamptz not null
);
comment on column statements.number is 'public; changeable until the first publication in any language, then never; never reused';
comment on column statements.issued_on is 'the calendar date on the statement; the first day of its month or year when that is all we know';
comment on column statements.issued_precision is 'day, month or year: in this order also alphabetically, which the lists rely on';
comment on column statements.touched_at is 'when the desk last changed anything of it: the order of the desk''s list';
create index statements_touched on statements (touched_at desc, id desc);

create table translations (
    id bigint generated always as identity primary key,
    statement_id bigint not null references statements,
    locale text not null,
    public_state text not null default 'never',
    desk_state text not null default 'draft',
    latest_revision_id bigint,
    live_version_id bigint,
    first_published_at timestamptz,
    announced boolean not null default true,
    gone_on date,
    gone_reason text not null default '',
    unique (statement_id, locale)
);
comment on column translations.public_state is 'what readers meet: never, published, withdrawn or removed';
comment on column translations.desk_state is 'what waits on the desk: none or draft';
comment on column translations.live_version_id is 'the version readers see, or saw before it was withdrawn';
comment on column translations.announced is 'false for what an import published: left out of "Newly on record" and of feeds';
comment on column translations.gone_on is 'the day of the withdrawal or removal, shown with its reason on the 410 page';

create table revisions (
    id bigint generated always as identity primary key,
    translation_id bigint not null references translations,
    seq integer not null,
    author_id bigint references users,
    sitting integer not null,
    created_at timestamptz not null,
    unique (translation_id, seq)
);
comment on column revisions.sitting is 'saves of one author less than ten minutes apart share it';
alter table translations add foreign key (latest_revision_id) references revisions;

create table revision_texts (
    revision_id bigint primary key references revisions,
    salt bytea not null,
    title text not null,
    summary text not null,
    body text not null,
    sign_off text not null,
    credit text not null
);
comment on column revision_texts.salt is 'mixed into every digest of these words, so that a digest of an emptied text cannot be guessed back';
comment on column revision_texts.body is 'Markdown as written';
comment on column revision_texts.credit is 'one line for the translator or the source';

create table versions (
    id bigint generated always as identity primary key,
    translation_id bigint not null references translations,
    n integer not null check (n > 0),
    revision_id bigint not null references revisions,
    kind text not null,
    issued_on date not null,
    issued_precision text not null,
    change_kind text,
    change_note text not null default '',
    body_html text not null,
    published_by bigint references users,
    published_at timestamptz not null,
    digest bytea not null,
    unique (translation_id, n)
);
comment on column versions.change_kind is 'null for the first version; else small-fix, correction, update or retraction';
comment on column versions.digest is 'SHA-256 over number, locale, n, facts, note, salt and words: text/digest.rs';
alter table translations add foreign key (live_version_id) references versions;

create table statement_topics (
    statement_id bigint not null references statements,
    topic_id bigint not null references topics,
    primary key (statement_id, topic_id)
);
create index statement_topics_topic on statement_topics (topic_id, statement_id);

-- Revisions, their words and versions are append-only. One function, and nothing else, may empty words:
-- for redaction, and for the removal of samples.
create trigger revisions_append_only before update or delete or truncate on revisions
    for each statement execute function refuse_change();

create function refuse_change_unless_emptying() returns trigger language plpgsql as $$
begin
    if current_setting('onrecord.emptying', true) = 'yes' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger revision_texts_append_only before update on revision_texts
    for each row execute function refuse_change_unless_emptying();
create trigger versions_append_only before update on versions
    for each row execute function refuse_change_unless_emptying();
create trigger revision_texts_kept before delete or truncate on revision_texts
    for each statement execute function refuse_change();
create trigger versions_kept before delete or truncate on versions
    for each statement execute function refuse_change();

create function empty_texts(of_translation bigint) returns void language plpgsql as $$
begin
    perform set_config('onrecord.emptying', 'yes', true);
    update revision_texts set salt = '', title = '', summary = '', body = '', sign_off = '', credit = ''
        where revision_id in (select id from revisions where translation_id = of_translation);
    update versions set body_html = '' where translation_id = of_translation;
    perform set_config('onrecord.emptying', 'no', true);
end $$;

-- How a text gets from a draft to its publication: review, four eyes, notes, a time, and who may look on.

alter table translations
    add column submitted_revision_id bigint references revisions,
    add column submitted_by bigint references users,
    add column submitted_at timestamptz,
    add column decided_by bigint references users,
    add column decided_at timestamptz,
    add column fell_back_from text,
    add column publish_at timestamptz,
    add column publish_zone text,
    add column publish_change_kind text,
    add column publish_change_note text not null default '',
    add constraint translations_submitted check (
        desk_state in ('none', 'draft') or submitted_revision_id is not null),
    add constraint translations_scheduled check (
        (desk_state = 'scheduled') = (publish_at is not null) and (publish_at is null) = (publish_zone is null));
comment on column translations.desk_state is 'what waits on the desk: none, draft, in-review, changes-requested, approved or scheduled';
comment on column translations.submitted_revision_id is 'the save that was submitted, and that alone is approved, scheduled and published';
comment on column translations.submitted_by is 'null where a publisher scheduled a draft that nobody had submitted';
comment on column translations.decided_by is 'who requested changes, approved, scheduled or took it off the schedule last';
comment on column translations.fell_back_from is 'the state that a later save, an embargo or a refused publication undid, until somebody decides anew';
comment on column translations.publish_at is 'when jobs/publish_due.rs publishes it; publish_zone is for showing it only';
comment on column translations.publish_change_kind is 'what readers will be told of the change, asked when it was scheduled';
create index translations_waiting on translations (desk_state, statement_id) where desk_state <> 'none';
create index translations_due on translations (publish_at) where publish_at is not null;

alter table statements
    add column not_before timestamptz,
    add column not_before_zone text,
    add constraint statements_not_before check ((not_before is null) = (not_before_zone is null));
comment on column statements.not_before is 'the embargo: no text of it goes public earlier, whoever asks';
create index statements_begun on statements (created_by);

alter table users add column time_zone text;
comment on column users.time_zone is 'the zone this person chose last for a publication or an embargo';

create table statement_people (
    statement_id bigint not null references statements,
    user_id bigint not null references users,
    primary key (statement_id, user_id)
);
comment on table statement_people is 'Where a statement has rows here, only these, who began it and administrators see it on the desk';

create table notes (
    id bigint generated always as identity primary key,
    statement_id bigint not null references statements,
    translation_id bigint not null references translations,
    revision_id bigint references revisions,
    author_id bigint references users,
    kind text not null,
    body text not null,
    created_at timestamptz not null
);
comment on table notes is 'What people of the desk tell each other about a text; readers never see it';
comment on column notes.author_id is 'null: the program, which says why it did something by itself';
comment on column notes.kind is 'remark, changes-requested or held-up';
create index notes_statement on notes (statement_id, id);

create trigger notes_append_only before update on notes
    for each row execute function refuse_change_unless_emptying();
create trigger notes_kept before delete or truncate on notes
    for each statement execute function refuse_change();

-- What was said about words that are removed may repeat them.
create function empty_notes(of_translation bigint) returns void language plpgsql as $$
begin
    perform set_config('onrecord.emptying', 'yes', true);
    update notes set body = '' where translation_id = of_translation;
    perform set_config('onrecord.emptying', 'no', true);
end $$;

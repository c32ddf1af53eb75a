-- What the desk's list is narrowed by, kept beside the record: so that a list of a hundred thousand statements opens at once.

-- All that the filters ask about a text, in one narrow row. Triggers keep it, whatever changes the record.
create table desk_entries (
    translation_id bigint primary key references translations,
    statement_id bigint not null references statements,
    touched_at timestamptz not null,
    locale text not null,
    public_state text not null,
    desk_state text not null,
    kind text not null,
    issued_on date not null
);
comment on table desk_entries is 'a copy, kept by triggers on statements and translations: nothing else writes it';
comment on column desk_entries.touched_at is 'the order of the desk''s list';
-- Holds every column that a filter asks for: the list is read from the index alone.
create index desk_entries_order on desk_entries (touched_at desc, statement_id desc)
    include (translation_id, locale, public_state, desk_state, kind, issued_on);
create index desk_entries_statement on desk_entries (statement_id);
-- What is rare is found without reading past what is not.
create index desk_entries_rare on desk_entries (public_state, desk_state)
    where public_state <> 'published' or desk_state <> 'none';
create index desk_entries_issued on desk_entries (issued_on);
create index statements_samples on statements (id) where is_sample;

create function add_desk_entry() returns trigger language plpgsql as $$
begin
    insert into desk_entries
        select new.id, s.id, s.touched_at, new.locale, new.public_state, new.desk_state, s.kind, s.issued_on
          from statements s where s.id = new.statement_id;
    return null;
end $$;
create trigger translations_desk_entry after insert on translations
    for each row execute function add_desk_entry();

create function keep_desk_entry() returns trigger language plpgsql as $$
begin
    update desk_entries set public_state = new.public_state, desk_state = new.desk_state
     where translation_id = new.id;
    return null;
end $$;
create trigger translations_desk_state after update of public_state, desk_state on translations
    for each row when (old.public_state <> new.public_state or old.desk_state <> new.desk_state)
    execute function keep_desk_entry();

create function keep_desk_entries() returns trigger language plpgsql as $$
begin
    update desk_entries set touched_at = new.touched_at, kind = new.kind, issued_on = new.issued_on
     where statement_id = new.id;
    return null;
end $$;
create trigger statements_desk_entries after update of touched_at, kind, issued_on on statements
    for each row when (old.touched_at <> new.touched_at or old.kind <> new.kind or old.issued_on <> new.issued_on)
    execute function keep_desk_entries();

insert into desk_entries
    select t.id, s.id, s.touched_at, t.locale, t.public_state, t.desk_state, s.kind, s.issued_on
      from translations t join statements s on s.id = t.statement_id;

-- The words of the latest save of each text, cut by text/search_words.rs: a function of the program, so it is
-- the program that fills this in for texts which were there before (domain/statements/desk_words.rs).
create table desk_words (
    translation_id bigint primary key references translations,
    revision_id bigint not null references revisions,
    form integer not null,
    words tsvector not null
);
comment on column desk_words.revision_id is 'the save whose words these are';
comment on column desk_words.form is 'which form of text/search_words.rs cut them: those of an older one are cut again';
comment on column desk_words.words is 'words and pairs of signs without their places, the number, and what a filter asks (=en, =report, =1997)';
-- Words are looked up, never read: packed they would only be slower.
alter table desk_words alter column words set storage external;
create index desk_words_words on desk_words using gin (words) with (gin_pending_list_limit = 512);

-- What is emptied leaves no word behind.
create function forget_desk_words() returns trigger language plpgsql as $$
begin
    delete from desk_words where revision_id = new.revision_id;
    return null;
end $$;
create trigger revision_texts_forget_desk_words after update on revision_texts
    for each row execute function forget_desk_words();

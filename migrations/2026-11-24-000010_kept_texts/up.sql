-- What somebody typed is kept before anything judges it; and who has a text open is known.

create table edit_tokens (
    token_digest bytea primary key,
    user_id bigint not null references users,
    is_new boolean not null,
    statement_id bigint references statements,
    locale text,
    last_send text not null default '',
    last_revision_id bigint references revisions,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    check (is_new or (statement_id is not null and locale is not null))
);
comment on table edit_tokens is 'A page of the editor that was given to somebody: only what comes from one is taken or kept';
comment on column edit_tokens.token_digest is 'SHA-256 of the token in the page: a stolen table keeps nothing in anyone''s name';
comment on column edit_tokens.is_new is 'true: the page begins a statement; the other two columns name it once it has begun';
comment on column edit_tokens.last_send is 'what the page called the send that was saved last: a page that never got the answer says so by it';
comment on column edit_tokens.last_revision_id is 'what that send became';
create index edit_tokens_expiry on edit_tokens (expires_at);

create table kept_texts (
    id bigint generated always as identity primary key,
    token_digest bytea not null,
    user_id bigint not null references users,
    statement_id bigint references statements,
    locale text,
    title text not null,
    form bytea not null,
    form_digest bytea not null,
    kept_at timestamptz not null,
    settled_at timestamptz,
    settled_as text,
    check ((settled_at is null) = (settled_as is null))
);
comment on table kept_texts is 'What arrived and is in no revision (yet): a save that succeeds takes its row away in the same transaction';
comment on column kept_texts.user_id is 'whose page it came from; no foreign key to edit_tokens, which go after thirty days';
comment on column kept_texts.form is 'the form as it came';
comment on column kept_texts.form_digest is 'SHA-256 of what a person can have typed in it: the same again is not kept twice';
comment on column kept_texts.settled_as is 'saved: the same page was saved later; taken-over; put-aside. Forgotten 30 days after';
create index kept_texts_waiting on kept_texts (user_id, kept_at desc) where settled_at is null;
create index kept_texts_token on kept_texts (token_digest, kept_at desc);
create index kept_texts_text on kept_texts (statement_id, locale);

-- A text that is removed for good is removed from here too.
create function forget_kept_texts() returns trigger language plpgsql as $$
begin
    delete from kept_texts where statement_id = new.statement_id and locale = new.locale;
    return null;
end $$;
create trigger translations_forget_kept_texts after update of public_state on translations
    for each row when (new.public_state = 'removed' and old.public_state <> 'removed')
    execute function forget_kept_texts();

create table open_pages (
    statement_id bigint not null references statements,
    locale text not null,
    user_id bigint not null references users,
    opened_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (statement_id, locale, user_id)
);
comment on table open_pages is 'Who has a text open: said to the others for two minutes after the page was last seen';
create index open_pages_seen on open_pages (seen_at);

-- Who may sign in, how they are recognised, and what they did.

create table users (
    id bigint generated always as identity primary key,
    email text not null,
    name text not null,
    role text not null,
    password_hash text,
    created_at timestamptz not null,
    revoked_at timestamptz
);
comment on column users.role is 'author, editor, publisher or administrator: see domain/policy.rs';
comment on column users.password_hash is 'argon2id in PHC form; null until the person has chosen a password';
-- One person, one account, however the address is capitalised.
create unique index users_email on users (lower(email));

create table sessions (
    key_digest bytea primary key,
    user_id bigint references users on delete cascade,
    state jsonb not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
comment on column sessions.key_digest is 'SHA-256 of the key in the cookie: a stolen table opens no session';
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table one_time_links (
    token_digest bytea primary key,
    purpose text not null,
    user_id bigint references users on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
comment on column one_time_links.purpose is 'set-up: make the first administrator; reset: choose a new password';

create table secrets (
    name text primary key,
    value bytea not null
);
comment on table secrets is 'Keys that all processes of one database share; never in a log, an export or a page';

-- Append-only, and only ids and verbs: the log must never become a second copy of a withdrawn text.
create table audit_events (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null,
    actor_id bigint references users,
    verb text not null,
    statement_id bigint,
    translation_id bigint,
    revision_id bigint,
    version_id bigint,
    topic_id bigint,
    user_id bigint
);
comment on column audit_events.actor_id is 'null: the operator at the command line, or the program itself';
create index audit_events_statement on audit_events (statement_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger audit_events_append_only before update or delete or truncate on audit_events
    for each statement execute function refuse_change();

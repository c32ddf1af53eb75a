-- Links by which somebody without an account reads one revision before it is public.

create table preview_links (
    id bigint generated always as identity primary key,
    token_digest bytea not null unique,
    revision_id bigint not null references revisions,
    label text not null,
    made_by bigint not null references users,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    opened integer not null default 0,
    opened_at timestamptz
);
comment on column preview_links.token_digest is 'SHA-256 of the token in the address: a stolen table opens nothing';
comment on column preview_links.label is 'what the desk tells it by; may be empty';
comment on column preview_links.opened is 'how often it was opened; never by whom';
create index preview_links_revision on preview_links (revision_id);

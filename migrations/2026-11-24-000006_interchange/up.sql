-- What came from files, so that the same file again changes nothing.

create table import_items (
    number bigint not null,
    locale text not null,
    digest bytea not null,
    revision_id bigint references revisions,
    imported_at timestamptz not null,
    primary key (number, locale)
);
comment on column import_items.digest is 'SHA-256 of the file as last imported: the same file again changes nothing';
comment on column import_items.revision_id is 'the revision that import made: if it is no longer the latest, the desk has touched the text';

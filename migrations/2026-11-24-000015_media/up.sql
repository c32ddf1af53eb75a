-- Pictures and files: what was uploaded, the words that stand with it, and which texts show it.

create table media (
    id bigint generated always as identity primary key,
    name text not null,
    format text not null,
    warnings text not null default '',
    uploaded_by bigint references users,
    uploaded_at timestamptz not null,
    first_published_at timestamptz,
    deleted_at timestamptz
);
comment on table media is 'A picture or a file. Its bytes are in the blobs; the row stays when it is deleted, so that its addresses can say so';
comment on column media.name is 'the last part of its addresses, without the ending: a-z, 0-9 and hyphens';
comment on column media.format is 'what was uploaded, as judged by its content: jpeg, png, webp or pdf';
comment on column media.warnings is 'what was taken out of it or could not be: the words of domain/media/warnings.rs, with spaces between';
comment on column media.first_published_at is 'when it first went public: then its addresses answer 410, not 404, once they are closed';
comment on column media.deleted_at is 'its words are gone, and its blobs are being deleted';
create index media_library on media (id desc) where deleted_at is null;

create table media_blobs (
    media_id bigint not null references media,
    hash text not null,
    format text not null,
    bytes bigint not null,
    width integer,
    height integer,
    removed_at timestamptz,
    primary key (media_id, hash)
);
comment on table media_blobs is 'Every size of a picture; the one blob of a file';
comment on column media_blobs.hash is 'SHA-256 of the content, its first 32 hexadecimal digits: the name in the store and in the address';
comment on column media_blobs.removed_at is 'when the bytes were deleted from the store';
create index media_blobs_hash on media_blobs (hash);

create table media_texts (
    media_id bigint not null references media,
    locale text not null,
    alt text not null default '',
    decorative boolean not null default false,
    caption text not null default '',
    credit text not null default '',
    primary key (media_id, locale),
    check (not decorative or alt = '')
);
comment on column media_texts.alt is 'what the picture says to those who do not see it';
comment on column media_texts.decorative is 'true: it says nothing, and is passed over when a page is read out';

create table revision_media (
    revision_id bigint not null references revisions,
    media_id bigint not null,
    primary key (revision_id, media_id)
);
comment on table revision_media is 'What each save names as media:ID, whether there is such a thing or not';
create index revision_media_media on revision_media (media_id);

create table version_media (
    version_id bigint not null references versions,
    media_id bigint not null references media,
    primary key (version_id, media_id)
);
comment on table version_media is 'What each version shows: readers get a blob while one of these versions is public, and no longer';
create index version_media_media on version_media (media_id);

-- Who empties words empties what stood in them, whatever emptied them: a medium that no other text
-- names is deleted with the last one.
create function let_go_of_media(candidates bigint[]) returns void language sql as $$
    update media set deleted_at = now()
        where id = any(candidates) and deleted_at is null
        and not exists (select from revision_media where media_id = media.id)
        and not exists (select from version_media where media_id = media.id);
    delete from media_texts using media
        where media.id = media_texts.media_id and media.id = any(candidates) and media.deleted_at is not null;
$$;

create function empty_revision_media() returns trigger language plpgsql as $$
declare held bigint[];
begin
    with gone as (delete from revision_media where revision_id = new.revision_id returning media_id)
        select array_agg(media_id) into held from gone;
    if held is not null then perform let_go_of_media(held); end if;
    return null;
end $$;

create function empty_version_media() returns trigger language plpgsql as $$
declare held bigint[];
begin
    with gone as (delete from version_media where version_id = new.id returning media_id)
        select array_agg(media_id) into held from gone;
    if held is not null then perform let_go_of_media(held); end if;
    return null;
end $$;

create trigger revision_texts_emptied after update on revision_texts
    for each row when (new.body = '' and old.body <> '') execute function empty_revision_media();
create trigger versions_emptied after update on versions
    for each row when (new.body_html = '' and old.body_html <> '') execute function empty_version_media();

-- No foreign key: the log keeps the id of what is gone. Adding a column changes no event.
alter table audit_events add column media_id bigint;

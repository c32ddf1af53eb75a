-- What the organisation says about itself, in each language.

create table site_names (
    locale text primary key,
    name text not null,
    short_name text not null
);

create table standing_pages (
    slug text not null,
    locale text not null,
    body text not null,
    body_html text not null,
    primary key (slug, locale)
);
comment on column standing_pages.slug is 'about, contact or reuse; an empty text is no row';

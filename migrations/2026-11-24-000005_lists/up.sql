-- What lists show, kept in the publishing transaction: a reader's list never counts and never joins texts.

create table list_entries (
    translation_id bigint primary key references translations,
    statement_id bigint not null references statements,
    locale text not null,
    number bigint not null,
    kind text not null,
    issued_on date not null,
    issued_precision text not null,
    title text not null,
    summary text not null,
    is_sample boolean not null,
    first_published_at timestamptz not null,
    announced boolean not null
);
comment on table list_entries is 'A row for each translation that is public now; no row, no mention anywhere';
create index list_entries_archive on list_entries (locale, issued_on desc, issued_precision, number desc);
create index list_entries_kind on list_entries (locale, kind, issued_on desc, issued_precision, number desc);
create index list_entries_news on list_entries (locale, first_published_at desc) where announced;
create index list_entries_statement on list_entries (statement_id);

create table list_counts (
    list text not null,
    period text not null,
    part_of text not null,
    locales text not null,
    entries integer not null,
    primary key (list, period, locales)
);
comment on table list_counts is 'How many statements stand in a list and period, by the set of languages they are public in';
comment on column list_counts.list is 'all, kind:KIND or topic:ID';
comment on column list_counts.period is 'all, 1997, 1997-11 or 1997-11-16; 00 where the date is not known that closely';
comment on column list_counts.part_of is 'the next longer period: a page reads its own row and its parts'' with one look';
comment on column list_counts.locales is 'the languages, sorted, with spaces between: so "12 more in English" needs no counting either';
create index list_counts_parts on list_counts (list, part_of);

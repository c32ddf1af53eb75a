-- What readers search: a row for each text that is public now, kept in the transaction that changes what is public.

-- For the words that are nearest to one that was mistyped; it comes with PostgreSQL.
create extension if not exists pg_trgm;

create table search_documents (
    translation_id bigint primary key references translations,
    statement_id bigint not null references statements,
    version_id bigint not null references versions,
    form integer not null,
    locale text not null,
    number bigint not null,
    kind text not null,
    issued_on date not null,
    issued_precision text not null,
    is_sample boolean not null,
    title text not null,
    summary text not null,
    body text not null,
    sign_off text not null,
    words tsvector not null
);
comment on table search_documents is 'The same texts as list_entries: no row, no hit';
comment on column search_documents.form is 'which form of domain/search kept it: an older one is kept anew when the program starts';
comment on column search_documents.body is 'the words of the published text without HTML, for excerpts';
comment on column search_documents.words is 'stems, pairs of signs and signs of its language; ^ of the title alone; = what a filter asks: domain/search/vector.rs';
-- Words are looked up and ranked, never read: packed they would only be slower.
alter table search_documents alter column words set storage external;
-- All that is long stands elsewhere: the rows that a search walks through are short, and many stand on a page.
alter table search_documents set (toast_tuple_target = 128);
create index search_documents_words on search_documents using gin (words) with (gin_pending_list_limit = 256);
create index search_documents_statement on search_documents (statement_id);
create index search_documents_number on search_documents (number);

create table search_spellings (
    word text primary key
);
comment on table search_spellings is 'Words in Latin letters that some public text has, as they are written: what a slip of the fingers may have meant';
create index search_spellings_like on search_spellings using gin (word gin_trgm_ops);

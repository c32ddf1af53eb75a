-- The subjects that readers browse by. Their addresses are kept for ever.

create table topics (
    id bigint generated always as identity primary key,
    number integer not null unique,
    facet text not null
);
comment on column topics.number is 'public, short and neutral; never reused';
comment on column topics.facet is 'issue, people, place, body, event or column';

create table topic_slugs (
    slug text primary key,
    topic_id bigint not null references topics,
    is_current boolean not null
);
comment on table topic_slugs is 'Every slug a topic ever had: the primary key keeps a used one from another topic';
create unique index topic_slugs_current on topic_slugs (topic_id) where is_current;

create table topic_names (
    topic_id bigint not null references topics,
    locale text not null,
    name text not null,
    intro text not null default '',
    confirmed boolean not null,
    primary key (topic_id, locale)
);
comment on column topic_names.confirmed is 'false: shown to readers all the same, and listed on the desk as "name to be confirmed"';

create table topic_aliases (
    topic_id bigint not null references topics,
    alias text not null,
    primary key (topic_id, alias)
);

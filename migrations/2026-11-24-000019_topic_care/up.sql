-- Topics for grown-ups: how they stand to each other, which are merged, and what it takes to undo that.

alter table topics add column parent_id bigint references topics check (parent_id <> id);
alter table topics add column merged_into bigint references topics check (merged_into <> id);
comment on column topics.parent_id is 'the wider topic as it was chosen; where that one is merged, read the one it leads to';
comment on column topics.merged_into is 'where readers of this topic are led; null for one that stands for itself';

create table topic_relations (
    one_id bigint not null references topics,
    other_id bigint not null references topics,
    primary key (one_id, other_id),
    check (one_id < other_id)
);
comment on table topic_relations is '"See also", both ways: a pair stands once, the older topic first';

create table topic_not_twins (
    one_id bigint not null references topics,
    other_id bigint not null references topics,
    said_by bigint references users,
    said_at timestamptz not null,
    primary key (one_id, other_id),
    check (one_id < other_id)
);
comment on table topic_not_twins is 'Pairs that look like twins, and of which somebody said that they are none';

create table topic_merges (
    id bigint generated always as identity primary key,
    topic_id bigint not null references topics,
    into_id bigint not null references topics,
    moved_parent boolean not null,
    into_parent_id bigint references topics,
    merged_by bigint references users,
    merged_at timestamptz not null,
    undone_by bigint references users,
    undone_at timestamptz,
    check (topic_id <> into_id)
);
comment on column topic_merges.moved_parent is 'whether the topic that stays stood under the one that went, and was moved up';
comment on column topic_merges.into_parent_id is 'the parent that the topic that stays had before, where it was moved';
create unique index topic_merges_standing on topic_merges (topic_id) where undone_at is null;
create index topic_merges_into on topic_merges (into_id);

-- A statement is filed by a person, or by a merge; what a merge filed goes again with the merge.
alter table statement_topics add column merge_id bigint references topic_merges;
comment on column statement_topics.merge_id is 'the merge that filed it here; null: somebody chose it';

create table topic_merge_statements (
    merge_id bigint not null references topic_merges,
    statement_id bigint not null references statements,
    had_both boolean not null,
    was_merge_id bigint references topic_merges,
    primary key (merge_id, statement_id)
);
comment on table topic_merge_statements is 'The statements that had the topic that went: they have it again after an undo';
comment on column topic_merge_statements.was_merge_id is 'the earlier merge that had filed it under the topic that went, if one did';

create table retags (
    id bigint generated always as identity primary key,
    added_id bigint references topics,
    removed_id bigint references topics,
    last_merge_id bigint references topic_merges,
    made_by bigint references users,
    made_at timestamptz not null,
    undone_by bigint references users,
    undone_at timestamptz
);
comment on table retags is 'Topics added to, or taken from, many statements at once';
comment on column retags.last_merge_id is 'the last merge into the topic that was added: those that came later have a say in an undo';

create table retag_changes (
    retag_id bigint not null references retags,
    statement_id bigint not null references statements,
    topic_id bigint not null references topics,
    had boolean not null,
    had_merge_id bigint references topic_merges,
    primary key (retag_id, statement_id, topic_id)
);
comment on column retag_changes.had is 'whether the statement had the topic before';
comment on column retag_changes.had_merge_id is 'the merge that had filed it, if one had';

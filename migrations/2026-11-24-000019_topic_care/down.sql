drop table retag_changes;
drop table retags;
drop table topic_merge_statements;
alter table statement_topics drop column merge_id;
drop table topic_merges;
drop table topic_not_twins;
drop table topic_relations;
alter table topics drop column merged_into;
alter table topics drop column parent_id;

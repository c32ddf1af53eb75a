drop function empty_texts(bigint);
drop table statement_topics;
alter table translations drop column live_version_id, drop column latest_revision_id;
drop table versions;
drop table revision_texts;
drop table revisions;
drop table translations;
drop table statements;
drop function refuse_change_unless_emptying();

drop table topic_aliases;
drop table topic_names;
drop table topic_slugs;
drop table topics;

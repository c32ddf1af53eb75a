drop table audit_events;
drop function refuse_change();
drop table secrets;
drop table one_time_links;
drop table sessions;
drop table users;

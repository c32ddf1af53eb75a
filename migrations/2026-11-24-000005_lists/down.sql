drop table list_counts;
drop table list_entries;

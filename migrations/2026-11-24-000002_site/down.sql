drop table standing_pages;
drop table site_names;

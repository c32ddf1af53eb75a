drop table import_items;

drop table search_spellings;
drop table search_documents;
drop extension pg_trgm;

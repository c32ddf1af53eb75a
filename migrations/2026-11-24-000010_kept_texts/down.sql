drop table open_pages;
drop trigger translations_forget_kept_texts on translations;
drop function forget_kept_texts();
drop table kept_texts;
drop table edit_tokens;

-- What administrators choose for everybody: one row, a typed column for each choice.

create table settings (
    is_only boolean primary key default true check (is_only),
    four_eyes boolean not null default false,
    time_zone text not null default 'UTC'
);
comment on table settings is 'Read in the transaction of the command that obeys it, never kept at hand';
comment on column settings.four_eyes is 'whoever submitted a text may not publish it';
comment on column settings.time_zone is 'the name in the IANA database, such as Europe/Berlin: offered when a time is chosen';
insert into settings default values;

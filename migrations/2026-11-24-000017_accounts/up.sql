-- Signing in, for many: sessions that can be told apart, guesses that are slowed, a log that can be searched.

-- A sign-in from before this step has no name by which it could be ended: everybody signs in once more.
delete from sessions;
alter table sessions add column handle text unique;
alter table sessions add column browser text not null default '';
alter table sessions add column last_seen_at timestamptz not null;
comment on column sessions.handle is 'the name by which its owner ends it; opens nothing. Null: nobody is signed in with it';
comment on column sessions.browser is 'family and system of the browser that began it, as in "Firefox on Linux"; no address is kept';
comment on column sessions.last_seen_at is 'to some minutes';

alter table users add column signed_in_at timestamptz;
comment on column users.signed_in_at is 'the last time; null: never';

create index one_time_links_user on one_time_links (user_id);
comment on column one_time_links.purpose is
    'set-up: make the first administrator; reset: choose a new password; invitation: choose the first one';

-- A leaking bucket each: it takes so many tries at once, and one more each so often.
create table tries (
    bucket bytea primary key,
    empty_at timestamptz not null
);
comment on column tries.bucket is 'keyed digest of what is counted: an account, a network, a device; no address can be read from it';
comment on column tries.empty_at is 'when it will have leaked out; from then on the row says nothing and is forgotten';
create index tries_empty on tries (empty_at);

-- What the audit log says once an hour, in numbers.
create table failed_sign_ins (
    user_id bigint not null references users on delete cascade,
    hour_at timestamptz not null,
    wrong integer not null,
    slowed integer not null,
    primary key (user_id, hour_at)
);
comment on column failed_sign_ins.wrong is 'tries with a wrong password in that hour';
comment on column failed_sign_ins.slowed is 'tries that were not looked at, because there were too many';

-- The audit log is read backwards from its end, narrowed by any of these.
create index audit_events_actor on audit_events (actor_id, id);
create index audit_events_user on audit_events (user_id, id);
create index audit_events_verb on audit_events (verb, id);
create index audit_events_time on audit_events (happened_at);

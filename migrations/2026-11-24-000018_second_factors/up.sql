-- What somebody signs in with besides a password: apps that give codes, passkeys, and codes for the day when both are lost.

create table totp_devices (
    id bigint generated always as identity primary key,
    user_id bigint not null references users on delete cascade,
    name text not null,
    secret bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    last_used_at timestamptz
);
comment on column totp_devices.secret is 'shared with the app (RFC 6238), so it cannot be a digest; in the clear: a key in the same database would protect nothing';
comment on column totp_devices.confirmed_at is 'null until a first code was right: before that it counts for nothing';
comment on column totp_devices.last_step is 'the step of the last code that was taken: each code works once (RFC 6238, 5.2)';
create index totp_devices_user on totp_devices (user_id);

create table passkey_holders (
    user_id bigint primary key references users on delete cascade,
    handle bytea not null unique
);
comment on column passkey_holders.handle is 'what passkeys know a person by (WebAuthn 5.4.3): 16 random bytes, nothing about them';

create table passkeys (
    id bigint generated always as identity primary key,
    user_id bigint not null references users on delete cascade,
    credential_id bytea not null unique,
    credential jsonb not null,
    host text not null,
    name text not null,
    created_at timestamptz not null,
    last_used_at timestamptz
);
comment on column passkeys.credential is 'the public key with its counter, as webauthn-rs keeps it: nothing in it opens anything';
comment on column passkeys.host is 'the host that it is bound to: at another address it is silent';
create index passkeys_user on passkeys (user_id);

create table passkey_ceremonies (
    token_digest bytea primary key,
    purpose text not null,
    user_id bigint references users on delete cascade,
    state jsonb not null,
    expires_at timestamptz not null
);
comment on table passkey_ceremonies is 'Questions put to passkeys and not answered yet: each is taken once, within five minutes';
comment on column passkey_ceremonies.purpose is 'register, second-step or sign-in';
comment on column passkey_ceremonies.user_id is 'null where the passkey itself is to say who it is';
create index passkey_ceremonies_expiry on passkey_ceremonies (expires_at);

create table recovery_codes (
    user_id bigint not null references users on delete cascade,
    digest bytea not null,
    used_at timestamptz,
    primary key (user_id, digest)
);
comment on column recovery_codes.digest is 'SHA-256: a code has 80 random bits, which no list of guesses reaches';

create function has_second_factor(person bigint) returns boolean stable language sql as $$
    select exists (select from totp_devices where user_id = person and confirmed_at is not null)
        or exists (select from passkeys where user_id = person)
$$;
comment on function has_second_factor is 'What counts: an app that gave a right code, or a passkey; recovery codes alone do not';

alter table settings add column second_factor_demanded boolean not null default false;
comment on column settings.second_factor_demanded is 'publishers and administrators without a second factor can do nothing but get one';

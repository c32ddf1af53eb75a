alter table settings drop column second_factor_demanded;
drop function has_second_factor;
drop table recovery_codes;
drop table passkey_ceremonies;
drop table passkeys;
drop table passkey_holders;
drop table totp_devices;

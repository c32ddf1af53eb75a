//! The tables as the migrations leave them: `tests/app/domain/schema.rs` compares the two.
#![allow(missing_docs)]

diesel::table! {
    users (id) {
        id -> Int8,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        created_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        time_zone -> Nullable<Text>,
        signed_in_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sessions (key_digest) {
        key_digest -> Bytea,
        user_id -> Nullable<Int8>,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        handle -> Nullable<Text>,
        browser -> Text,
        last_seen_at -> Timestamptz,
    }
}

diesel::table! {
    one_time_links (token_digest) {
        token_digest -> Bytea,
        purpose -> Text,
        user_id -> Nullable<Int8>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    secrets (name) {
        name -> Text,
        value -> Bytea,
    }
}

diesel::table! {
    tries (bucket) {
        bucket -> Bytea,
        empty_at -> Timestamptz,
    }
}

diesel::table! {
    failed_sign_ins (user_id, hour_at) {
        user_id -> Int8,
        hour_at -> Timestamptz,
        wrong -> Int4,
        slowed -> Int4,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Int8,
        happened_at -> Timestamptz,
        actor_id -> Nullable<Int8>,
        verb -> Text,
        statement_id -> Nullable<Int8>,
        translation_id -> Nullable<Int8>,
        revision_id -> Nullable<Int8>,
        version_id -> Nullable<Int8>,
        topic_id -> Nullable<Int8>,
        user_id -> Nullable<Int8>,
        media_id -> Nullable<Int8>,
    }
}

diesel::table! {
    settings (is_only) {
        is_only -> Bool,
        four_eyes -> Bool,
        time_zone -> Text,
        second_factor_demanded -> Bool,
    }
}

diesel::table! {
    site_names (locale) {
        locale -> Text,
        name -> Text,
        short_name -> Text,
    }
}

diesel::table! {
    standing_pages (slug, locale) {
        slug -> Text,
        locale -> Text,
        body -> Text,
        body_html -> Text,
    }
}

diesel::table! {
    topics (id) {
        id -> Int8,
        number -> Int4,
        facet -> Text,
        parent_id -> Nullable<Int8>,
        merged_into -> Nullable<Int8>,
    }
}

diesel::table! {
    topic_slugs (slug) {
        slug -> Text,
        topic_id -> Int8,
        is_current -> Bool,
    }
}

diesel::table! {
    topic_names (topic_id, locale) {
        topic_id -> Int8,
        locale -> Text,
        name -> Text,
        intro -> Text,
        confirmed -> Bool,
    }
}

diesel::table! {
    topic_aliases (topic_id, alias) {
        topic_id -> Int8,
        alias -> Text,
    }
}

diesel::table! {
    statements (id) {
        id -> Int8,
        number -> Int8,
        kind -> Text,
        issued_on -> Date,
        issued_precision -> Text,
        original_locale -> Text,
        is_sample -> Bool,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        touched_at -> Timestamptz,
        not_before -> Nullable<Timestamptz>,
        not_before_zone -> Nullable<Text>,
    }
}

diesel::table! {
    translations (id) {
        id -> Int8,
        statement_id -> Int8,
        locale -> Text,
        public_state -> Text,
        desk_state -> Text,
        latest_revision_id -> Nullable<Int8>,
        live_version_id -> Nullable<Int8>,
        first_published_at -> Nullable<Timestamptz>,
        announced -> Bool,
        gone_on -> Nullable<Date>,
        gone_reason -> Text,
        submitted_revision_id -> Nullable<Int8>,
        submitted_by -> Nullable<Int8>,
        submitted_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Int8>,
        decided_at -> Nullable<Timestamptz>,
        fell_back_from -> Nullable<Text>,
        publish_at -> Nullable<Timestamptz>,
        publish_zone -> Nullable<Text>,
        publish_change_kind -> Nullable<Text>,
        publish_change_note -> Text,
        based_on_version_id -> Nullable<Int8>,
        will_follow_version_id -> Nullable<Int8>,
    }
}

diesel::table! {
    edit_tokens (token_digest) {
        token_digest -> Bytea,
        user_id -> Int8,
        is_new -> Bool,
        statement_id -> Nullable<Int8>,
        locale -> Nullable<Text>,
        last_send -> Text,
        last_revision_id -> Nullable<Int8>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    kept_texts (id) {
        id -> Int8,
        token_digest -> Bytea,
        user_id -> Int8,
        statement_id -> Nullable<Int8>,
        locale -> Nullable<Text>,
        title -> Text,
        form -> Bytea,
        form_digest -> Bytea,
        kept_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
        settled_as -> Nullable<Text>,
    }
}

diesel::table! {
    open_pages (statement_id, locale, user_id) {
        statement_id -> Int8,
        locale -> Text,
        user_id -> Int8,
        opened_at -> Timestamptz,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    revisions (id) {
        id -> Int8,
        translation_id -> Int8,
        seq -> Int4,
        author_id -> Nullable<Int8>,
        sitting -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    revision_texts (revision_id) {
        revision_id -> Int8,
        salt -> Bytea,
        title -> Text,
        summary -> Text,
        body -> Text,
        sign_off -> Text,
        credit -> Text,
    }
}

diesel::table! {
    versions (id) {
        id -> Int8,
        translation_id -> Int8,
        n -> Int4,
        revision_id -> Int8,
        kind -> Text,
        issued_on -> Date,
        issued_precision -> Text,
        change_kind -> Nullable<Text>,
        change_note -> Text,
        body_html -> Text,
        published_by -> Nullable<Int8>,
        published_at -> Timestamptz,
        digest -> Bytea,
        based_on_version_id -> Nullable<Int8>,
    }
}

diesel::table! {
    closed_versions (version_id) {
        version_id -> Int8,
        closed_on -> Date,
        reason -> Text,
    }
}

diesel::table! {
    statement_topics (statement_id, topic_id) {
        statement_id -> Int8,
        topic_id -> Int8,
        merge_id -> Nullable<Int8>,
    }
}

diesel::table! {
    topic_relations (one_id, other_id) {
        one_id -> Int8,
        other_id -> Int8,
    }
}

diesel::table! {
    topic_not_twins (one_id, other_id) {
        one_id -> Int8,
        other_id -> Int8,
        said_by -> Nullable<Int8>,
        said_at -> Timestamptz,
    }
}

diesel::table! {
    topic_merges (id) {
        id -> Int8,
        topic_id -> Int8,
        into_id -> Int8,
        moved_parent -> Bool,
        into_parent_id -> Nullable<Int8>,
        merged_by -> Nullable<Int8>,
        merged_at -> Timestamptz,
        undone_by -> Nullable<Int8>,
        undone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    topic_merge_statements (merge_id, statement_id) {
        merge_id -> Int8,
        statement_id -> Int8,
        had_both -> Bool,
        was_merge_id -> Nullable<Int8>,
    }
}

diesel::table! {
    retags (id) {
        id -> Int8,
        added_id -> Nullable<Int8>,
        removed_id -> Nullable<Int8>,
        last_merge_id -> Nullable<Int8>,
        made_by -> Nullable<Int8>,
        made_at -> Timestamptz,
        undone_by -> Nullable<Int8>,
        undone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    retag_changes (retag_id, statement_id, topic_id) {
        retag_id -> Int8,
        statement_id -> Int8,
        topic_id -> Int8,
        had -> Bool,
        had_merge_id -> Nullable<Int8>,
    }
}

diesel::table! {
    desk_entries (translation_id) {
        translation_id -> Int8,
        statement_id -> Int8,
        touched_at -> Timestamptz,
        locale -> Text,
        public_state -> Text,
        desk_state -> Text,
        kind -> Text,
        issued_on -> Date,
    }
}

diesel::table! {
    statement_people (statement_id, user_id) {
        statement_id -> Int8,
        user_id -> Int8,
    }
}

diesel::table! {
    use crate::infra::db::columns::Tsvector;
    use diesel::sql_types::{Int4, Int8};

    desk_words (translation_id) {
        translation_id -> Int8,
        revision_id -> Int8,
        form -> Int4,
        words -> Tsvector,
    }
}

diesel::table! {
    notes (id) {
        id -> Int8,
        statement_id -> Int8,
        translation_id -> Int8,
        revision_id -> Nullable<Int8>,
        author_id -> Nullable<Int8>,
        kind -> Text,
        body -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    media (id) {
        id -> Int8,
        name -> Text,
        format -> Text,
        warnings -> Text,
        uploaded_by -> Nullable<Int8>,
        uploaded_at -> Timestamptz,
        first_published_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    media_blobs (media_id, hash) {
        media_id -> Int8,
        hash -> Text,
        format -> Text,
        bytes -> Int8,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    media_texts (media_id, locale) {
        media_id -> Int8,
        locale -> Text,
        alt -> Text,
        decorative -> Bool,
        caption -> Text,
        credit -> Text,
    }
}

diesel::table! {
    revision_media (revision_id, media_id) {
        revision_id -> Int8,
        media_id -> Int8,
    }
}

diesel::table! {
    version_media (version_id, media_id) {
        version_id -> Int8,
        media_id -> Int8,
    }
}

diesel::table! {
    list_entries (translation_id) {
        translation_id -> Int8,
        statement_id -> Int8,
        locale -> Text,
        number -> Int8,
        kind -> Text,
        issued_on -> Date,
        issued_precision -> Text,
        title -> Text,
        summary -> Text,
        is_sample -> Bool,
        first_published_at -> Timestamptz,
        announced -> Bool,
    }
}

diesel::table! {
    use crate::infra::db::columns::Tsvector;
    use diesel::sql_types::{Bool, Date, Int4, Int8, Text};

    search_documents (translation_id) {
        translation_id -> Int8,
        statement_id -> Int8,
        version_id -> Int8,
        form -> Int4,
        locale -> Text,
        number -> Int8,
        kind -> Text,
        issued_on -> Date,
        issued_precision -> Text,
        is_sample -> Bool,
        title -> Text,
        summary -> Text,
        body -> Text,
        sign_off -> Text,
        words -> Tsvector,
    }
}

diesel::table! {
    search_spellings (word) {
        word -> Text,
    }
}

diesel::table! {
    list_counts (list, period, locales) {
        list -> Text,
        period -> Text,
        part_of -> Text,
        locales -> Text,
        entries -> Int4,
    }
}

diesel::table! {
    list_changes (version_id) {
        version_id -> Int8,
        statement_id -> Int8,
        locale -> Text,
        number -> Int8,
        n -> Int4,
        change_kind -> Text,
        change_note -> Text,
        title -> Text,
        is_sample -> Bool,
        published_on -> Date,
        closed_on -> Nullable<Date>,
        closed_reason -> Text,
    }
}

diesel::table! {
    preview_links (id) {
        id -> Int8,
        token_digest -> Bytea,
        revision_id -> Int8,
        label -> Text,
        made_by -> Int8,
        made_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        opened -> Int4,
        opened_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    import_items (number, locale) {
        number -> Int8,
        locale -> Text,
        digest -> Bytea,
        revision_id -> Nullable<Int8>,
        imported_at -> Timestamptz,
    }
}

diesel::table! {
    totp_devices (id) {
        id -> Int8,
        user_id -> Int8,
        name -> Text,
        secret -> Bytea,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Int8,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    passkey_holders (user_id) {
        user_id -> Int8,
        handle -> Bytea,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Int8,
        user_id -> Int8,
        credential_id -> Bytea,
        credential -> Jsonb,
        host -> Text,
        name -> Text,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    passkey_ceremonies (token_digest) {
        token_digest -> Bytea,
        purpose -> Text,
        user_id -> Nullable<Int8>,
        state -> Jsonb,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    recovery_codes (user_id, digest) {
        user_id -> Int8,
        digest -> Bytea,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(media_blobs -> media (media_id));
diesel::joinable!(media_texts -> media (media_id));
diesel::joinable!(kept_texts -> users (user_id));
diesel::joinable!(open_pages -> users (user_id));
diesel::joinable!(revision_texts -> revisions (revision_id));
diesel::joinable!(statement_topics -> statements (statement_id));
diesel::joinable!(statement_topics -> topics (topic_id));
diesel::joinable!(topic_names -> topics (topic_id));
diesel::joinable!(topic_slugs -> topics (topic_id));
diesel::joinable!(translations -> statements (statement_id));

diesel::allow_tables_to_appear_in_same_query!(
    users,
    sessions,
    one_time_links,
    secrets,
    tries,
    failed_sign_ins,
    audit_events,
    settings,
    site_names,
    standing_pages,
    topics,
    topic_slugs,
    topic_names,
    topic_aliases,
    statements,
    translations,
    edit_tokens,
    kept_texts,
    open_pages,
    revisions,
    revision_texts,
    versions,
    statement_topics,
    statement_people,
    notes,
    topic_relations,
    topic_not_twins,
    topic_merges,
    topic_merge_statements,
    retags,
    retag_changes,
    media,
    media_blobs,
    media_texts,
    revision_media,
    version_media,
    desk_entries,
    desk_words,
    list_entries,
    list_counts,
    search_documents,
    search_spellings,
    list_changes,
    closed_versions,
    preview_links,
    import_items,
    totp_devices,
    passkey_holders,
    passkeys,
    passkey_ceremonies,
    recovery_codes,
);

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
    }
}

diesel::table! {
    sessions (key_digest) {
        key_digest -> Bytea,
        user_id -> Nullable<Int8>,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
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
    }
}

diesel::table! {
    settings (is_only) {
        is_only -> Bool,
        four_eyes -> Bool,
        time_zone -> Text,
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
    list_counts (list, period, locales) {
        list -> Text,
        period -> Text,
        part_of -> Text,
        locales -> Text,
        entries -> Int4,
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
    revisions,
    revision_texts,
    versions,
    statement_topics,
    topic_relations,
    topic_not_twins,
    topic_merges,
    topic_merge_statements,
    retags,
    retag_changes,
    list_entries,
    list_counts,
    import_items,
);

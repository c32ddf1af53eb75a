//! Functions that the migrations define in the database, for queries to use.
#![allow(missing_docs)]

diesel::define_sql_function! {
    /// Whether a password alone no longer lets this person in.
    fn has_second_factor(person: diesel::sql_types::BigInt) -> diesel::sql_types::Bool;
}

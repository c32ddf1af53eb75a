//! Every address that a page links, built in one place; and the one spelling of each.

mod spelling;

pub use spelling::canonical;

use crate::domain::ids::{KeptId, MediaId, MergeId, PasskeyId, RetagId, StatementId, TotpDeviceId, UserId};
use crate::domain::site::Standing;
use crate::domain::statements::Kind;
use crate::domain::statements::lists::Period;
use crate::i18n::Locale;

/// A place for readers, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The home page.
    Home,
    /// A statement, by its number.
    Statement(i64),
    /// The versions of a statement.
    Versions(i64),
    /// One version of a statement.
    Version(i64, i32),
    /// The archive or a period of it.
    Archive(Period),
    /// The corrections, updates and retractions, or a period of them.
    Corrections(Period),
    /// A kind or a period of it.
    Kind(Kind, Period),
    /// The index of topics.
    Topics,
    /// A topic, by its slug, or a period of it.
    Topic(String, Period),
    /// A standing page.
    Standing(Standing),
    /// The search.
    Search,
    /// What tells a browser how to search here.
    OpenSearch,
}

impl Place {
    /// Its path in a language.
    pub fn path(&self, locale: Locale) -> String {
        let locale = locale.path();
        match self {
            Self::Home => format!("/{locale}"),
            Self::Statement(number) => format!("/{locale}/statements/{number}"),
            Self::Versions(number) => format!("/{locale}/statements/{number}/versions"),
            Self::Version(number, n) => format!("/{locale}/statements/{number}/versions/{n}"),
            Self::Corrections(period) => format!("/{locale}/corrections{}", segments(*period)),
            Self::Archive(Period::All) => format!("/{locale}/statements"),
            Self::Archive(period) => format!("/{locale}/archive{}", segments(*period)),
            Self::Kind(kind, period) => format!("/{locale}/kinds/{kind}{}", segments(*period)),
            Self::Topics => format!("/{locale}/topics"),
            Self::Topic(slug, period) => format!("/{locale}/topics/{slug}{}", segments(*period)),
            Self::Standing(page) => format!("/{locale}/pages/{page}"),
            Self::Search => format!("/{locale}/search"),
            Self::OpenSearch => format!("/{locale}/opensearch.xml"),
        }
    }
}

/// A search, with what it asks and what narrows it: names and values, those without a value left out.
pub fn search(locale: Locale, asked: &[(&str, &str)]) -> String {
    let asked: Vec<_> = asked.iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(asked).unwrap_or_default();
    let path = Place::Search.path(locale);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

fn segments(period: Period) -> String {
    match period {
        Period::All => String::new(),
        period => format!("/{}", period.key().replace('-', "/")),
    }
}

/// The sign-in page of the desk.
pub const SIGN_IN: &str = "/admin/sign-in";
/// Where a sign-out is sent.
pub const SIGN_OUT: &str = "/admin/sign-out";
/// The second step of a sign-in.
pub const SECOND_STEP: &str = "/admin/sign-in/second-step";
/// Where a sign-in with a passkey is sent.
pub const PASSKEY_SIGN_IN: &str = "/admin/sign-in/passkey";
/// Where the script learns what to ask a passkey that signs in.
pub const PASSKEY_SIGN_IN_QUESTION: &str = "/admin/sign-in/passkey/question";
/// What a person signs in with besides a password.
pub const FACTORS: &str = "/admin/account/second-factors";
/// Where a new app that gives codes begins.
pub const APPS: &str = "/admin/account/second-factors/apps";
/// Where a new passkey is sent.
pub const PASSKEYS: &str = "/admin/account/second-factors/passkeys";
/// Where the script learns what to ask a new passkey.
pub const PASSKEY_QUESTION: &str = "/admin/account/second-factors/passkeys/question";
/// Where new recovery codes are made.
pub const RECOVERY_CODES: &str = "/admin/account/second-factors/recovery-codes";
/// Where a person proves once more who they are.
pub const PROOF: &str = "/admin/account/proof";
/// What waits on the desk, and for whom.
pub const DASHBOARD: &str = "/admin";
/// The list of statements on the desk.
pub const DESK: &str = "/admin/statements";
/// Where what was pasted becomes Markdown.
pub const PASTE: &str = "/admin/paste";
/// A statement that is not begun yet, as readers would get it.
pub const DRAFT_PREVIEW: &str = "/admin/statements/draft-preview";
/// A new statement.
pub const NEW_STATEMENT: &str = "/admin/statements/new";
/// The topics on the desk.
pub const DESK_TOPICS: &str = "/admin/topics";
/// A new topic.
pub const NEW_TOPIC: &str = "/admin/topics/new";
/// The pictures and files on the desk.
pub const DESK_MEDIA: &str = "/admin/media";
/// The form to upload one.
pub const NEW_MEDIUM: &str = "/admin/media/new";
/// What the addresses of their content begin with, behind the sign-in.
pub const DESK_FILES: &str = "/admin/media/files";
/// Topics that are probably the same.
pub const TWINS: &str = "/admin/topics/twins";
/// Where it is taken back that two are no twins.
pub const TWINS_BACK: &str = "/admin/topics/twins/back";
/// Where confirmed names are sent.
pub const TOPIC_NAMES: &str = "/admin/topics/names";
/// Many statements filed otherwise at once.
pub const RETAG: &str = "/admin/topics/retag";
/// The names and pages of the site.
pub const DESK_SITE: &str = "/admin/site";
/// What administrators choose for everybody.
pub const SETTINGS: &str = "/admin/settings";
/// The people who may sign in.
pub const PEOPLE: &str = "/admin/people";
/// One's own account.
pub const ACCOUNT: &str = "/admin/account";
/// Where a new password is sent.
pub const ACCOUNT_PASSWORD: &str = "/admin/account/password";
/// Where the end of one of one's own sign-ins is sent.
pub const END_SIGN_IN: &str = "/admin/account/sign-ins/end";
/// Where the end of all the others is sent.
pub const END_OTHER_SIGN_INS: &str = "/admin/account/sign-ins/end-others";
/// Who did what and when.
pub const AUDIT_LOG: &str = "/admin/audit";
/// Where the removal of samples is sent.
pub const REMOVE_SAMPLES: &str = "/admin/samples/removal";

/// A page or an act of the desk about one text.
pub fn desk(statement: StatementId, locale: Locale, act: &str) -> String {
    let (slash, locale) = (if act.is_empty() { "" } else { "/" }, locale.path());
    format!("/admin/statements/{statement}/{locale}{slash}{act}")
}

/// The texts that were kept and not saved.
pub const KEPT: &str = "/admin/kept";

/// A kept text.
pub fn kept(text: KeptId) -> String {
    format!("{KEPT}/{text}")
}

/// A topic on the desk.
pub fn desk_topic(number: i32) -> String {
    format!("/admin/topics/{number}")
}

/// The sign-in page, which leads on to a path.
pub fn sign_in(next: &str) -> String {
    leading_to(SIGN_IN, next)
}

/// The second step of a sign-in, which leads on to a path.
pub fn second_step(next: &str) -> String {
    leading_to(SECOND_STEP, next)
}

/// The proof of who somebody is, which leads on to a path.
pub fn proof(next: &str) -> String {
    leading_to(PROOF, next)
}

fn leading_to(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", serde_urlencoded::to_string([("next", next)]).unwrap_or_default())
}

/// A new app that gives codes, until its first code was right.
pub fn app(id: TotpDeviceId) -> String {
    format!("{APPS}/{id}")
}

/// The end of an app.
pub fn app_removal(id: TotpDeviceId) -> String {
    format!("{APPS}/{id}/removal")
}

/// The end of a passkey.
pub fn passkey_removal(id: PasskeyId) -> String {
    format!("{PASSKEYS}/{id}/removal")
}

/// The end of all second factors of somebody else.
pub fn factors_removal(user: UserId) -> String {
    format!("/admin/people/{user}/second-factors/removal")
}

/// A person on the desk.
pub fn person(id: UserId) -> String {
    format!("{PEOPLE}/{id}")
}

/// An act about a person.
pub fn person_act(id: UserId, act: &str) -> String {
    format!("{PEOPLE}/{id}/{act}")
}

/// Where a topic is merged into another.
pub fn merge_topic(number: i32) -> String {
    format!("/admin/topics/{number}/merge")
}

/// Where the wish to undo a merge is sent.
pub fn undo_merge(merge: MergeId) -> String {
    format!("/admin/topics/merges/{merge}/undo")
}

/// Where the wish to undo a change of many statements is sent.
pub fn undo_retag(retag: RetagId) -> String {
    format!("/admin/topics/retag/{retag}/undo")
}

/// A link by which somebody outside reads a draft.
pub fn preview(token: &str) -> String {
    format!("/preview/{token}")
}

/// What the addresses of the pictures and files of such a draft begin with.
pub fn preview_media(token: &str) -> String {
    format!("/preview/{}/media", token.to_ascii_lowercase())
}

/// Whether a path is that of a preview for somebody outside, of which nothing is kept and nothing found.
pub fn is_preview(path: &str) -> bool {
    path.strip_prefix("/preview").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The shape of a path, for the log: what may be a token in it is left out.
pub fn shape(path: &str) -> String {
    let known = if is_preview(path) { 2 } else { 3 };
    path.split('/').take(known).collect::<Vec<_>>().join("/")
}

/// A picture or a file on the desk.
pub fn desk_medium(id: MediaId) -> String {
    format!("/admin/media/{id}")
}

/// A one-time link.
pub fn set_up(token: &str) -> String {
    format!("/admin/set-up/{token}")
}

/// Whether a path is one of the desk.
pub fn is_of_the_desk(path: &str) -> bool {
    path.strip_prefix("/admin").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a path is of a person's own account, or the way out: open to whoever is signed in, come what may.
pub fn is_of_own_account(path: &str) -> bool {
    path == SIGN_OUT
        || path.strip_prefix("/admin/account").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_in_the_shape_of_a_path() {
        for (path, shape) in [
            (preview("secret"), "/preview"),
            (set_up("secret"), "/admin/set-up"),
            ("/preview/secret/more".to_owned(), "/preview"),
            ("/en/statements/2800".to_owned(), "/en/statements"),
        ] {
            assert_eq!(super::shape(&path), shape, "{path}");
        }
    }
}

//! Two who wrote at the same text: base, mine and theirs on one page, and a result that is saved on top
//! of theirs.
//!
//! The page is a form of the editor with a few fields more, so that it goes the same way as any save:
//! kept first, judged after, and led here again when somebody was faster once more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::desk::{Desk, Room};
use super::merged_field::{Choice, MergedField};
use super::statement_form::{Form, Shared};
use crate::domain::ids::{RevisionId, StatementId, TranslationId};
use crate::domain::outcome::Problems;
use crate::domain::statements::draft::Words;
use crate::domain::statements::{desk as desk_queries, history, store};
use crate::infra::db::Connection;
use crate::text::diff::Stretch;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::html;
use crate::web::urls;

/// The field that says what both began with; a form that has it comes from this page.
pub const BASE: &str = "merge.base";

#[derive(Template)]
#[template(path = "admin/merge.html")]
struct MergePage {
    desk: Desk,
    form: Form,
    action: String,
    back: String,
    /// The save that both began with; empty where there was none.
    base: String,
    mine: Words,
    by: String,
    at: Timestamp,
    fields: Vec<MergedField>,
    /// What was said of it: why the page is here.
    why: String,
}

impl MergePage {
    fn conflicts(&self) -> usize {
        self.fields.iter().map(|field| field.conflicts().count()).sum()
    }

    fn shared(&self) -> [(&'static str, &Shared); 2] {
        [("", &self.form.shared), ("was.", &self.form.was)]
    }

    fn mine(&self) -> [(&'static str, &str); 5] {
        let Words { title, summary, body, sign_off, credit } = &self.mine;
        [("title", title), ("summary", summary), ("body", body), ("sign_off", sign_off), ("credit", credit)]
    }
}

/// The three texts of a merge.
pub struct Merge {
    base: Option<RevisionId>,
    before: Words,
    mine: Words,
    theirs: Words,
}

impl Merge {
    async fn read(
        conn: &mut Connection,
        text: TranslationId,
        base: Option<RevisionId>,
        theirs: RevisionId,
        mine: Words,
    ) -> Result<Self, Error> {
        // A revision of another text is no base: then all of it is a conflict, and nothing is lost.
        let before = match base {
            Some(base) => history::words(conn, text, base).await?,
            None => None,
        };
        let theirs = history::words(conn, text, theirs).await?.ok_or(Error::NotFound)?;
        Ok(Self { base: base.filter(|_| before.is_some()), before: before.unwrap_or_default(), mine, theirs })
    }

    fn fields(&self) -> Vec<MergedField> {
        let mut first = 0;
        let mut all = Vec::new();
        for (name, label, of) in FIELDS {
            let field =
                MergedField::of(name, label, first, [of(&self.before), of(&self.mine), of(&self.theirs)]);
            first += field.conflicts().count();
            all.push(field);
        }
        all
    }
}

type Of = fn(&Words) -> &str;

const FIELDS: [(&str, &str, Of); 5] = [
    ("title", "Title", |words| &words.title),
    ("summary", "Summary", |words| &words.summary),
    ("body", "Text", |words| &words.body),
    ("sign_off", "Signed by", |words| &words.sign_off),
    ("credit", "Translator or source", |words| &words.credit),
];

fn words_of(fields: &[MergedField]) -> Words {
    let result =
        |name: &str| fields.iter().find(|field| field.name == name).map_or("", |field| &field.result);
    Words::typed(result("title"), result("summary"), result("body"), result("sign_off"), result("credit"))
}

/// Leads to the page when a form is stale; `None` where it is not, and something else was in the way.
pub async fn needed(
    editor: &Editor,
    form: &Form,
    id: StatementId,
    why: &str,
) -> Result<Option<HttpResponse>, Error> {
    let mut conn = editor.database.connection().await?;
    let text = store::translation(&mut conn, id, form.locale).await?.ok_or(Error::NotFound)?;
    let base = form.based_on.parse().ok().map(RevisionId);
    let Some(latest) = text.latest_revision_id.filter(|latest| Some(*latest) != base) else {
        return Ok(None);
    };
    let merge = Merge::read(&mut conn, text.id, base, latest, form.words.clone()).await?;
    drop(conn);
    let fields = merge.fields();
    let form = Form { statement: Some(id), ..form.clone().based_on(latest) };
    show(editor, StatusCode::CONFLICT, form, merge, fields, why, Problems::default()).await.map(Some)
}

/// What came of a form of this page: the result in the form, to be saved; or the page again.
pub async fn settle(
    editor: &Editor,
    form: &mut Form,
    id: StatementId,
    sent: &Fields,
) -> Result<Option<HttpResponse>, Error> {
    let number = |name: &str| sent.raw(name).parse().ok().map(RevisionId);
    let (base, theirs) = (number(BASE), number("based_on").ok_or(Error::BadRequest)?);
    let typed = |name: &str| sent.raw(&format!("merge.mine.{name}"));
    let mine =
        Words::typed(typed("title"), typed("summary"), typed("body"), typed("sign_off"), typed("credit"));
    let mut conn = editor.database.connection().await?;
    let text = store::translation(&mut conn, id, form.locale).await?.ok_or(Error::NotFound)?;
    let merge = Merge::read(&mut conn, text.id, base, theirs, mine).await?;
    drop(conn);
    let mut problems = Problems::default();
    let mut fields = merge.fields();
    for (field, (_, _, of)) in fields.iter_mut().zip(FIELDS) {
        let chosen = |prefix: &str, n: usize| Choice::parse(sent.raw(&format!("{prefix}.{n}")));
        if !field.settle(of(&form.words), |n| chosen("chosen", n), |n| chosen("choice", n)) {
            problems.add(
                field.name,
                "You changed the result by hand, and chose otherwise too. Please change it by hand to what it \
                 should be, and save.",
            );
        }
    }
    form.words = words_of(&fields);
    if problems.is_empty() && sent.raw("then") != "choose" {
        return Ok(None);
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let why = "This is what your choices make of it. Nothing is saved yet.";
    show(editor, status, form.clone(), merge, fields, why, problems).await.map(Some)
}

async fn show(
    editor: &Editor,
    status: StatusCode,
    form: Form,
    merge: Merge,
    fields: Vec<MergedField>,
    why: &str,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let theirs = form.based_on.parse().map(RevisionId).map_err(|_| Error::BadRequest)?;
    let (by, at) = {
        let mut conn = editor.database.connection().await?;
        desk_queries::saved_by(&mut conn, theirs).await?
    };
    let action = form.statement.map_or_else(String::new, |id| urls::desk(id, form.locale, ""));
    let page = MergePage {
        desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
        back: action.clone(),
        action,
        base: merge.base.map(|id| id.to_string()).unwrap_or_default(),
        mine: merge.mine,
        by: by.unwrap_or_else(|| "an import".to_owned()),
        at,
        fields,
        form,
        why: why.to_owned(),
    };
    html(status, &page)
}

//! The dashboard: what waits for whom, each line with one way on.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::desk::{Desk, Room};
use crate::domain::kept::texts;
use crate::domain::policy::{Action, may};
use crate::domain::statements::waiting::{self, Pile, Waiting};
use crate::domain::statements::{DeskState, following};
use crate::i18n::Locale;
use crate::infra::db::{self, Connection};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls;

/// How many lines a section shows.
const MOST: i64 = 20;

/// A part of the dashboard. Any area can add one: see `sections` below. One without lines is not shown.
pub struct Section {
    /// What these have in common, as a heading.
    pub title: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
    /// Where the rest is, when there are more.
    pub more: Option<String>,
}

/// Something that waits.
pub struct Line {
    /// Where to go on.
    pub link: String,
    /// What it is: a title, a name.
    pub what: String,
    /// The language of `what`, where it is not English.
    pub locale: Locale,
    /// Number, language, who, why: a few words.
    pub who: String,
    /// When it was last touched.
    pub when: Option<Timestamp>,
    /// What to do next: "Review", "Go on".
    pub next: &'static str,
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct DashboardPage {
    desk: Desk,
    sections: Vec<Section>,
}

/// The dashboard.
pub async fn show(editor: Editor) -> Result<HttpResponse, Error> {
    let mut sections = {
        let mut conn = editor.database.connection().await?;
        sections(&mut conn, &editor).await?
    };
    sections.retain(|section| !section.lines.is_empty());
    html(StatusCode::OK, &DashboardPage { desk: Desk::of(&editor, Room::Dashboard).await, sections })
}

/// All sections, the most urgent first. Each area adds its own here.
async fn sections(conn: &mut Connection, editor: &Editor) -> Result<Vec<Section>, db::Error> {
    let reviews = may(editor.actor(), Action::Review).is_ok();
    let publishes = may(editor.actor(), Action::PUBLISH_ANYTHING).is_ok();
    let mut sections = vec![kept(conn, editor).await?];
    for (pile, is_theirs) in [
        (Pile::ChangesOnMine, true),
        (Pile::FellBack, true),
        (Pile::ToReview, reviews),
        (Pile::ToPublish, publishes),
        (Pile::Scheduled, true),
        (Pile::SubmittedByMe, true),
        (Pile::MyDrafts, true),
    ] {
        if is_theirs {
            sections.push(of_pile(conn, editor, pile).await?);
        }
    }
    if may(editor.actor(), Action::ConfirmFollowing).is_ok() {
        sections.push(behind_their_original(conn, editor).await?);
    }
    if may(editor.actor(), Action::KeepTopics).is_ok() {
        sections.push(names_of_topics(editor).await);
    }
    Ok(sections)
}

/// What this person typed and is in no save: it comes first, since it may be lost sight of.
async fn kept(conn: &mut Connection, editor: &Editor) -> Result<Section, db::Error> {
    let waiting = texts::waiting_for(conn, editor.user.id).await?;
    let shown = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = (waiting.len() > shown).then(|| urls::KEPT.to_owned());
    let lines = waiting
        .into_iter()
        .take(shown)
        .map(|text| {
            let target = text.target();
            Line {
                link: urls::kept(text.id),
                who: target.map_or_else(
                    || "A new statement".to_owned(),
                    |(_, locale)| format!("A text in {}", locale.own_name()),
                ),
                locale: target.map_or_else(Locale::english, |(_, locale)| locale),
                when: Some(text.kept_at),
                what: if text.title.is_empty() { "Without a title".to_owned() } else { text.title },
                next: "Read it",
            }
        })
        .collect();
    Ok(Section { title: "Texts of yours that were kept and not saved", lines, more })
}

/// Public translations whose original was changed since: each is brought up, or said to need no change.
async fn behind_their_original(conn: &mut Connection, editor: &Editor) -> Result<Section, db::Error> {
    let lagging = following::lagging(conn, editor.actor(), MOST).await?;
    let lines = lagging
        .into_iter()
        .map(|text| Line {
            link: urls::desk(text.statement_id, text.locale, ""),
            who: format!(
                "No. {} · {} · the original had a change: {}",
                text.number,
                text.locale.own_name(),
                text.change_kind
            ),
            locale: text.locale,
            when: Some(text.changed_at),
            what: text.title,
            next: "Bring it up to date",
        })
        .collect();
    Ok(Section { title: "Translations behind their original", lines, more: None })
}

/// How many topics have a name that waits to be confirmed: one line, from what is at hand.
async fn names_of_topics(editor: &Editor) -> Section {
    let waiting = super::topics::names::waiting(&*editor.topics().await).count();
    let line = Line {
        link: format!("{}?show=unconfirmed", urls::DESK_TOPICS),
        what: match waiting {
            1 => "1 topic".to_owned(),
            n => format!("{n} topics"),
        },
        locale: Locale::english(),
        who: "Readers see these names already".to_owned(),
        when: None,
        next: "Confirm names",
    };
    let lines = if waiting == 0 { Vec::new() } else { vec![line] };
    Section { title: "Names of topics to be confirmed", lines, more: None }
}

async fn of_pile(conn: &mut Connection, editor: &Editor, pile: Pile) -> Result<Section, db::Error> {
    let mut texts = waiting::pile(conn, editor.actor(), pile, MOST + 1).await?;
    let goes_on = texts.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    texts.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let (title, act, next, state) = match pile {
        Pile::ChangesOnMine => ("Changes requested on yours", "", "Make the changes", "changes-requested"),
        Pile::FellBack => ("Undone since somebody decided", "review", "Look", "waiting"),
        Pile::ToReview => ("Waiting for review", "review", "Review", "in-review"),
        Pile::ToPublish => ("Approved, waiting to go out", "publication", "Publish…", "approved"),
        Pile::Scheduled => ("Going out by themselves", "review", "Look", "scheduled"),
        Pile::SubmittedByMe => ("Submitted by you", "review", "Look", "in-review"),
        Pile::MyDrafts => ("Drafts that you began", "", "Go on writing", "draft"),
    };
    let lines = texts
        .into_iter()
        .map(|text| Line {
            link: urls::desk(text.statement, text.locale, act),
            who: account(&text),
            locale: if text.title.is_empty() { Locale::english() } else { text.locale },
            when: text.publish.is_none().then_some(text.touched_at),
            what: if text.title.is_empty() { "Untitled".to_owned() } else { text.title },
            next,
        })
        .collect();
    Ok(Section { title, lines, more: goes_on.then(|| format!("{}?state={state}", urls::DESK)) })
}

/// Number, language, and what there is to say.
fn account(text: &Waiting) -> String {
    let mut said = format!("No. {} · {}", text.number, text.locale.own_name());
    match text.fell_back_from {
        Some(DeskState::InReview) => said.push_str(" · was in review; a later save took it back to draft"),
        Some(DeskState::Approved) => said.push_str(" · was approved; a later save took it back to draft"),
        Some(DeskState::Scheduled) => said.push_str(" · was scheduled, and is not any more: see why"),
        _ => {}
    }
    if let Some(moment) = &text.publish {
        said.push_str(&format!(" · {moment}"));
    } else if let Some(by) = &text.submitted_by {
        said.push_str(&format!(" · submitted by {by}"));
    }
    said
}

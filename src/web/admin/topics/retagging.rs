//! Many statements filed otherwise at once, after a look at what that does; and back.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::load;
use crate::domain::filing::{self, Plan, Retag};
use crate::domain::ids::{RetagId, StatementId, TopicId};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::topics::{Index, Topic};
use crate::i18n::Locale;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// The most statements that can be filed otherwise at once.
const MOST: usize = 20_000;

/// The form as somebody filled it in.
#[derive(Clone, Debug, Default)]
struct Typed {
    /// The statements that were chosen in the list.
    chosen: Vec<StatementId>,
    numbers: String,
    under: Option<TopicId>,
    add: Option<TopicId>,
    remove: Option<TopicId>,
}

impl Typed {
    fn read(fields: &Fields, index: &Index) -> Self {
        let topic = |name: &str| fields.raw(name).parse().ok().map(|id| index.root(TopicId(id)));
        let ids = |text: &str| text.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>();
        let mut chosen: Vec<i64> = fields.all("statement").flat_map(ids).collect();
        if fields.has("all") {
            chosen.extend(ids(fields.raw("shown")));
        }
        chosen.sort_unstable();
        chosen.dedup();
        Self {
            chosen: chosen.into_iter().map(StatementId).collect(),
            numbers: fields.line("numbers"),
            under: topic("under"),
            add: topic("add"),
            remove: topic("remove"),
        }
    }

    fn retag(&self) -> Option<Retag> {
        match (self.add, self.remove) {
            (Some(add), None) => Some(Retag::Add(add)),
            (None, Some(remove)) => Some(Retag::Remove(remove)),
            (Some(add), Some(remove)) => Some(Retag::Replace(remove, add)),
            (None, None) => None,
        }
    }
}

#[derive(Template)]
#[template(path = "admin/retag.html")]
struct RetagPage {
    desk: Desk,
    index: Arc<Index>,
    typed: Typed,
    /// What would happen; `None` until enough is chosen.
    plan: Option<Plan>,
}

impl RetagPage {
    async fn show(
        editor: &Editor,
        status: StatusCode,
        index: Arc<Index>,
        typed: Typed,
        plan: Option<Plan>,
        problems: Problems,
    ) -> Result<HttpResponse, Error> {
        let desk = Desk::of(editor, Room::Topics).await.with_problems(problems);
        html(status, &Self { desk, index, typed, plan })
    }

    fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.index.in_order(Locale::english())
    }

    fn ids(&self) -> String {
        self.typed.chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn is_chosen(&self, field: &str, topic: &Topic) -> bool {
        let chosen = match field {
            "under" => self.typed.under,
            "add" => self.typed.add,
            _ => self.typed.remove,
        };
        chosen == Some(topic.id)
    }

    fn name(&self, id: &Option<TopicId>) -> &str {
        id.and_then(|id| self.index.get(id)).map_or("", |topic| topic.name(Locale::english()))
    }
}

/// The form, empty.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    let index = editor.topics().await;
    RetagPage::show(&editor, StatusCode::OK, index, Typed::default(), None, Problems::default()).await
}

/// What would happen; or, once that was looked at, what did.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let index = Arc::new(load(&editor).await?);
    let mut typed = Typed::read(&fields, &index);
    let problems = complete(&editor, &mut typed).await?;
    let from_the_list = !fields.has("add") && !fields.has("remove");
    let Some(retag) = typed.retag().filter(|_| problems.is_empty()) else {
        let mut problems = problems;
        if typed.retag().is_none() && !from_the_list {
            problems.add("add", "Please choose a topic to add, one to take away, or both.");
        }
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return RetagPage::show(&editor, status, index, typed, None, problems).await;
    };
    if fields.raw("then") == "do" {
        return change(&editor, index, typed, retag).await;
    }
    let plan = {
        let mut conn = editor.database.connection().await?;
        filing::plan(&mut conn, editor.actor(), retag, &typed.chosen).await?
    };
    RetagPage::show(&editor, StatusCode::OK, index, typed, Some(plan), Problems::default()).await
}

/// Finds the statements that are meant by numbers or by a topic; says what is wrong with the choice.
async fn complete(editor: &Editor, typed: &mut Typed) -> Result<Problems, Error> {
    let mut problems = Problems::default();
    let mut conn = editor.database.connection().await?;
    if !typed.numbers.is_empty() {
        match numbers(&typed.numbers) {
            Some(numbers) => {
                let (found, unknown) = filing::numbered(&mut conn, editor.actor(), &numbers).await?;
                typed.chosen.extend(found);
                // Of a range only what there is was meant.
                if let ([one, ..], true) = (unknown.as_slice(), unknown.len() == numbers.len()) {
                    problems.add("numbers", format!("There is no statement with the number {one}."));
                }
            }
            None => problems.add(
                "numbers",
                format!(
                    "Please write numbers with commas between them, or from–to, and no more than {MOST}."
                ),
            ),
        }
    }
    if let Some(topic) = typed.under {
        typed.chosen.extend(filing::under(&mut conn, editor.actor(), topic).await?);
    }
    typed.chosen.sort();
    typed.chosen.dedup();
    if typed.chosen.is_empty() && problems.is_empty() {
        problems
            .add("numbers", "Please choose statements: by number, by topic, or in the list of statements.");
    }
    if typed.chosen.len() > MOST {
        problems.add("numbers", format!("At most {MOST} statements can be filed otherwise at once."));
    }
    Ok(problems)
}

/// `2800, 2802-2810`: all numbers that are meant.
fn numbers(typed: &str) -> Option<Vec<i64>> {
    let number = |text: &str| text.trim().parse::<i64>().ok().filter(|number| *number > 0);
    let mut all = Vec::new();
    for part in typed.split([',', ';', '、', '，', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = match part.split_once(['-', '–']) {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(part)?, number(part)?),
        };
        if to < from || to - from >= MOST as i64 || all.len() > MOST {
            return None;
        }
        all.extend(from..=to);
    }
    Some(all)
}

async fn change(
    editor: &Editor,
    index: Arc<Index>,
    typed: Typed,
    retag: Retag,
) -> Result<HttpResponse, Error> {
    let outcome = {
        let mut conn = editor.database.connection().await?;
        filing::retag(&mut conn, editor.actor(), retag, &typed.chosen, editor.clock.now()).await
    };
    match outcome {
        Ok(done) => {
            editor.apply(done.change);
            let changed = match done.plan.changing.len() {
                1 => "1 statement is filed otherwise.".to_owned(),
                n => format!("{n} statements are filed otherwise."),
            };
            let left = match done.plan.not_yours.len() + done.plan.full.len() {
                0 => String::new(),
                1 => " 1 was left as it is.".to_owned(),
                n => format!(" {n} were left as they are."),
            };
            editor.say_with_undo(format!("{changed}{left}"), urls::undo_retag(done.id));
            Ok(see_other(urls::DESK))
        }
        Err(Refused::Invalid(problems)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            RetagPage::show(editor, status, index, typed, None, problems).await
        }
        Err(Refused::Conflict(why)) => {
            let problems = Problems::one("", why);
            RetagPage::show(editor, StatusCode::CONFLICT, index, typed, None, problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Undoes it.
pub async fn destroy(editor: Editor, retag: Path<i64>) -> Result<HttpResponse, Error> {
    let change = {
        let mut conn = editor.database.connection().await?;
        filing::undo_retag(&mut conn, editor.actor(), RetagId(*retag), editor.clock.now()).await?
    };
    editor.apply(change);
    editor.say("Undone. The statements are filed as they were before.");
    Ok(see_other(urls::DESK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_one_by_one_and_from_to() {
        assert_eq!(numbers("7, 9-11；12–12"), None);
        assert_eq!(numbers("7, 9-11; 13–13"), Some(vec![7, 9, 10, 11, 13]));
        assert_eq!(numbers("7 8、9"), Some(vec![7, 8, 9]));
        for bad in ["x", "0", "-3", "9-7", "1-99999999", "1.5", "1-", "9223372036854775808"] {
            assert_eq!(numbers(bad), None, "{bad}");
        }
    }
}

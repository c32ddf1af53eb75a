//! One topic: its names, other words, intro, address, and how it stands to others.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{load, public_path};
use crate::domain::filing::{self, MergeRow};
use crate::domain::ids::TopicId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::topics::commands;
use crate::domain::topics::{self, Facet, Index, Merged, Named, Topic, Wanted};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::text::clean;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// The form as it stands or as somebody filled it in.
#[derive(Clone, Debug, Default)]
struct Typed {
    facet: String,
    slug: String,
    names: Vec<Named>,
    aliases: String,
    parent: Option<TopicId>,
    see_also: Vec<TopicId>,
    is_no_twin: bool,
    /// What it was filled in over.
    written_over: String,
}

impl Typed {
    fn of(topic: &Topic) -> Self {
        Self {
            facet: topic.facet.to_string(),
            slug: topic.slug.clone(),
            names: in_all(&topic.names),
            aliases: topic.aliases.join("\n"),
            parent: topic.parent,
            see_also: topic.see_also.clone(),
            is_no_twin: false,
            written_over: topic.state(),
        }
    }

    /// What was filled in; topics that were merged since the form was opened are those they lead to.
    fn read(fields: &Fields, index: &Index) -> Self {
        let topic = |id: &str| id.parse().ok().map(|id| index.root(TopicId(id)));
        Self {
            facet: fields.line("facet"),
            slug: fields.line("slug").to_lowercase(),
            names: names_of(fields),
            aliases: fields.paragraphs("aliases"),
            parent: topic(fields.raw("parent")),
            see_also: fields.all("see_also").filter_map(topic).collect(),
            is_no_twin: fields.has("is_no_twin"),
            written_over: fields.line("written_over"),
        }
    }

    /// What stands now and is otherwise here: a label and the words of today.
    fn differences(&self, today: &Topic, index: &Index) -> Vec<(String, String)> {
        let now = Self::of(today);
        let called = |id: &TopicId| index.get(*id).map_or("", |topic| topic.name(Locale::english()));
        let all = |ids: &[TopicId]| ids.iter().map(called).collect::<Vec<_>>().join(", ");
        let sort = |facet: &str| {
            super::FACETS.iter().find(|(known, _)| known.as_str() == facet).map_or("", |(_, label)| *label)
        };
        let mut both = vec![
            ("Address".to_owned(), self.slug.clone(), now.slug),
            ("Other words".to_owned(), self.aliases.clone(), now.aliases),
            ("What sort of subject".to_owned(), sort(&self.facet).to_owned(), sort(&now.facet).to_owned()),
            ("Part of".to_owned(), all(self.parent.as_slice()), all(now.parent.as_slice())),
            ("See also".to_owned(), all(&self.see_also), all(&now.see_also)),
        ];
        for (typed, now) in self.names.iter().zip(now.names) {
            let language = typed.locale.own_name();
            both.push((format!("Name, {language}"), typed.name.clone(), now.name));
            both.push((format!("Intro, {language}"), typed.intro.clone(), now.intro));
        }
        let differ = both.into_iter().filter(|(_, typed, now)| typed != now);
        differ.map(|(label, _, now)| (label, now)).collect()
    }

    fn wanted(&self) -> Result<Wanted, Problems> {
        let facet = Facet::parse(&self.facet)
            .ok_or_else(|| Problems::one("facet", "Please choose what sort of subject this is."))?;
        Ok(Wanted {
            aliases: self.aliases.lines().map(clean::line).filter(|alias| !alias.is_empty()).collect(),
            parent: self.parent,
            see_also: self.see_also.clone(),
            is_no_twin: self.is_no_twin,
            written_over: Some(self.written_over.clone()).filter(|state| !state.is_empty()),
            ..Wanted::named(facet, &self.slug, self.names.clone())
        })
    }
}

#[derive(Template)]
#[template(path = "admin/topic.html")]
struct TopicPage {
    desk: Desk,
    /// The topic; `None` for a new one.
    number: Option<i32>,
    typed: Typed,
    index: Index,
    /// What stands for readers today.
    today: Option<Topic>,
    public: Option<String>,
    /// What was merged into it.
    merges: Vec<MergeRow>,
    /// What somebody else changed meanwhile.
    differences: Vec<(String, String)>,
}

impl TopicPage {
    async fn show(
        editor: &Editor,
        status: StatusCode,
        index: Index,
        number: Option<i32>,
        typed: Typed,
        problems: Problems,
    ) -> Result<HttpResponse, Error> {
        let today = number.and_then(|number| index.by_number(number)).cloned();
        let merges = match &today {
            Some(topic) => {
                let mut conn = editor.database.connection().await?;
                filing::merges_of(&mut conn, topic.id).await?
            }
            None => Vec::new(),
        };
        let page = Self {
            desk: Desk::of(editor, Room::Topics).await.with_problems(problems),
            number,
            differences: match &today {
                Some(today) if status == StatusCode::CONFLICT => typed.differences(today, &index),
                _ => Vec::new(),
            },
            public: today.as_ref().map(public_path),
            typed,
            today,
            index,
            merges,
        };
        html(status, &page)
    }

    fn action(&self) -> String {
        self.number.map_or_else(|| urls::DESK_TOPICS.to_owned(), urls::desk_topic)
    }

    fn own(&self) -> Option<TopicId> {
        self.today.as_ref().map(|topic| topic.id)
    }

    /// The topics that this one can stand under.
    fn wider(&self) -> Vec<&Topic> {
        let below = |topic: &&Topic| {
            self.own().is_none_or(|own| {
                topic.id != own && !self.index.above(topic.id).iter().any(|wider| wider.id == own)
            })
        };
        self.index.in_order(Locale::english()).filter(below).collect()
    }

    /// The topics that can be named here, those that are first.
    fn others(&self) -> Vec<(&Topic, bool, String)> {
        let all = self.index.in_order(Locale::english()).filter(|topic| Some(topic.id) != self.own());
        let mut all: Vec<_> = all
            .map(|topic| {
                let words: Vec<&str> = topic.words().collect();
                (topic, self.typed.see_also.contains(&topic.id), words.join(" ").to_lowercase())
            })
            .collect();
        all.sort_by_key(|(_, chosen, _)| !chosen);
        all
    }

    fn gone(&self, merge: &MergeRow) -> &str {
        let gone = self.index.merged().iter().find(|gone| gone.id == merge.topic);
        gone.map_or("", |gone| gone.name(Locale::english()))
    }

    fn is_parent(&self, topic: &Topic) -> bool {
        self.typed.parent == Some(topic.id)
    }

    fn undo(&self, merge: &MergeRow) -> String {
        urls::undo_merge(merge.id)
    }

    fn is_asked(&self) -> bool {
        self.typed.is_no_twin || self.desk.problem("is_no_twin").is_some()
    }
}

#[derive(Template)]
#[template(path = "admin/topic_merged.html")]
struct MergedPage {
    desk: Desk,
    gone: Merged,
    into: Topic,
    public: String,
    /// The merge that it went with.
    merge: Option<MergeRow>,
}

impl MergedPage {
    fn undo(&self, merge: &MergeRow) -> String {
        urls::undo_merge(merge.id)
    }
}

/// The form for a new topic.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let typed = Typed { names: in_all(&[]), ..Typed::default() };
    TopicPage::show(&editor, StatusCode::OK, load(&editor).await?, None, typed, Problems::default()).await
}

/// The form for a topic that exists; for one that was merged, where it went and the way back.
pub async fn edit(editor: Editor, number: Path<i32>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = load(&editor).await?;
    if let Some(gone) = index.merged_by_number(*number) {
        return merged(&editor, &index, gone).await;
    }
    let typed = Typed::of(index.by_number(*number).ok_or(Error::NotFound)?);
    TopicPage::show(&editor, StatusCode::OK, index, Some(*number), typed, Problems::default()).await
}

async fn merged(editor: &Editor, index: &Index, gone: &Merged) -> Result<HttpResponse, Error> {
    let into = index.get(index.root(gone.id)).ok_or(Error::NotFound)?.clone();
    let merges = {
        let mut conn = editor.database.connection().await?;
        filing::merges_of(&mut conn, gone.id).await?
    };
    let page = MergedPage {
        desk: Desk::of(editor, Room::Topics).await,
        gone: gone.clone(),
        public: public_path(&into),
        into,
        merge: merges.into_iter().find(|merge| merge.topic == gone.id),
    };
    html(StatusCode::OK, &page)
}

/// A new topic as filled in.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    keep(editor, None, fields).await
}

/// A topic that exists, as filled in.
pub async fn update(editor: Editor, number: Path<i32>, fields: Fields) -> Result<HttpResponse, Error> {
    keep(editor, Some(*number), fields).await
}

async fn keep(editor: Editor, number: Option<i32>, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = load(&editor).await?;
    let mut typed = Typed::read(&fields, &index);
    let (status, problems) = match typed.wanted() {
        Err(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Ok(wanted) => {
            let mut conn = editor.database.connection().await?;
            match write(&mut conn, &editor, number, wanted).await {
                Ok(()) => return Ok(see_other(urls::DESK_TOPICS)),
                Err(Refused::Invalid(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
                Err(Refused::Conflict(why)) => {
                    let index = topics::index::load(&mut conn).await?;
                    if let Some(today) = number.and_then(|number| index.by_number(number)) {
                        typed.written_over = today.state();
                    }
                    drop(conn);
                    let problems = Problems::one("", why);
                    return TopicPage::show(&editor, StatusCode::CONFLICT, index, number, typed, problems)
                        .await;
                }
                Err(other) => return Err(other.into()),
            }
        }
    };
    TopicPage::show(&editor, status, index, number, typed, problems).await
}

async fn write(
    conn: &mut Connection,
    editor: &Editor,
    number: Option<i32>,
    wanted: Wanted,
) -> Result<(), Refused> {
    let (actor, now) = (editor.actor(), editor.clock.now());
    let change = match number {
        None => {
            let (_, change) = commands::add(conn, actor, wanted, now).await?;
            editor.say("The topic is added.");
            change
        }
        Some(number) => {
            let index = topics::index::load(conn).await?;
            let own = index.by_number(number).map(|topic| topic.id);
            let gone = || index.merged_by_number(number).map(|gone| gone.id);
            let id = own.or_else(gone).ok_or(Refused::NotFound)?;
            let change = commands::update(conn, actor, id, wanted, now).await?;
            editor.say("The topic is saved, and readers see it now.");
            change
        }
    };
    editor.apply(change);
    Ok(())
}

/// A place for a name in every language, filled with those there are.
fn in_all(names: &[Named]) -> Vec<Named> {
    Locale::all()
        .map(|locale| {
            let known = names.iter().find(|named| named.locale == locale).cloned();
            known.unwrap_or_else(|| Named {
                locale,
                name: String::new(),
                intro: String::new(),
                confirmed: true,
            })
        })
        .collect()
}

fn names_of(fields: &Fields) -> Vec<Named> {
    Locale::all()
        .map(|locale| {
            let named = |field: &str| format!("{}.{field}", locale.path());
            Named {
                locale,
                name: fields.line(&named("name")),
                intro: fields.line(&named("intro")),
                confirmed: fields.has(&named("confirmed")),
            }
        })
        .collect()
}

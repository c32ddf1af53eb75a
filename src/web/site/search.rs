//! The search: one page, with or without a question. Nothing of it is remembered, and nothing is logged.

mod answer;
mod choices;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use self::answer::Answer;
use self::choices::Choice;
use crate::domain::ids::TopicId;
use crate::domain::search::{self, Asked, Filter, MOST_COUNTED, MOST_RANKED, Order, PAGE, Seek};
use crate::domain::statements::Kind;
use crate::domain::topics::Index;
use crate::i18n::Locale;
use crate::infra::db::{Connection, TooLate};
use crate::text::clean;
use crate::text::question::Question;
use crate::web::error::Error;
use crate::web::extract::Reader;
use crate::web::form::Fields;
use crate::web::page::{Layout, Section, html};
use crate::web::urls::{self, Place};

/// How long a reader waits for hits, the turn included.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

/// The last page of a list that goes by date: what is older is found by its year.
const LAST_PAGE: usize = MOST_COUNTED as usize / PAGE - 1;

#[derive(Template)]
#[template(path = "site/search.html")]
struct SearchPage {
    layout: Layout,
    question: String,
    choices: Vec<Choice>,
    found: Option<Answer>,
}

/// What somebody asks: the question, what narrows it, the order and the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    question: String,
    filter: Filter,
    topic: String,
    order: Order,
    page: usize,
}

impl Wish {
    /// Reads the query of an address. A limit that there is not limits nothing.
    fn read(query: &str, topics: &Index) -> Result<Self, Error> {
        let fields = Fields::decode(query.as_bytes())?;
        let topic: Option<(TopicId, String)> =
            topics.meant_by(&fields.line("topic")).map(|topic| (topic.id, topic.slug.clone()));
        let year = fields.line("year").parse().ok().filter(|year| (1000..=9999).contains(year));
        let order = if fields.line("order") == "newest" { Order::Newest } else { Order::Best };
        let last = if order == Order::Best { MOST_RANKED / PAGE - 1 } else { LAST_PAGE };
        Ok(Self {
            question: clean::line(fields.raw("q")).chars().take(1_000).collect(),
            filter: Filter {
                locale: Locale::parse(&fields.line("language")),
                kind: Kind::parse(&fields.line("kind")).map(|kind| kind.to_string()),
                year,
                topic: topic.as_ref().map(|(id, _)| *id),
            },
            topic: topic.map(|(_, slug)| slug).unwrap_or_default(),
            order,
            page: fields.line("page").parse::<usize>().map_or(0, |page| page.saturating_sub(1)).min(last),
        })
    }

    /// The address of this wish.
    fn path(&self, locale: Locale) -> String {
        let year = self.filter.year.map(|year| year.to_string()).unwrap_or_default();
        let page = if self.page > 0 { (self.page + 1).to_string() } else { String::new() };
        urls::search(
            locale,
            &[
                ("q", &self.question),
                ("language", self.filter.locale.map_or("", Locale::path)),
                ("topic", &self.topic),
                ("year", &year),
                ("kind", self.filter.kind.as_deref().unwrap_or_default()),
                ("order", if self.order == Order::Newest { "newest" } else { "" }),
                ("page", &page),
            ],
        )
    }
}

/// The search, with hits where something is asked for.
pub async fn show(reader: Reader, request: HttpRequest) -> Result<HttpResponse, Error> {
    let topics = reader.topics().await;
    let wish = Wish::read(request.query_string(), &topics)?;
    let (found, years) = match within(&reader, &wish, &topics).await? {
        Some((answer, years)) => (answer, years),
        None => (Some(Answer::too_long(reader.locale)), Vec::new()),
    };
    let mut layout = Layout::of_list(&reader, reader.locale, &Place::Search).await;
    // Not to be kept by search engines, but the same wish in another language is a link away.
    layout.canonical = None;
    layout.alternates.clear();
    layout.languages = reader.locale.others().map(|other| (other, wish.path(other))).collect();
    let status = found.as_ref().map_or(StatusCode::OK, Answer::status);
    let choices = choices::all(&layout, &wish, &years);
    html(status, &SearchPage { layout, question: wish.question, choices, found })
}

/// The answer and the years there are; `None` where it took too long.
async fn within(
    reader: &Reader,
    wish: &Wish,
    topics: &Index,
) -> Result<Option<(Option<Answer>, Vec<i16>)>, Error> {
    let searched = async {
        // Searches wait for each other, so that a flood of them leaves connections to who wants to read.
        let _turn = reader.searching.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
        let outcome = reader
            .database
            .within(PATIENCE, async |conn: &mut Connection| {
                match answer(conn, reader.locale, wish, topics).await {
                    Ok(answer) => Ok(Some(answer)),
                    Err(search::Failure::Database(error)) => Err(error),
                    Err(search::Failure::TooLong) => Ok(None),
                }
            })
            .await;
        match outcome {
            Ok(found) => Ok(found),
            Err(TooLate::Late(_)) => Ok(None),
            Err(TooLate::Unavailable(why)) => Err(why.into()),
            Err(TooLate::Failed(error)) => Err(discreet(error)),
        }
    };
    match tokio::time::timeout(PATIENCE, searched).await {
        Ok(found) => found,
        Err(_) => Ok(None),
    }
}

/// A failure without what PostgreSQL says of it, which may hold what was asked.
fn discreet(error: crate::infra::db::Error) -> Error {
    match Error::from(error) {
        away @ Error::Unavailable(_) => away,
        _ => Error::Internal("the search failed in the database".to_owned()),
    }
}

async fn answer(
    conn: &mut Connection,
    locale: Locale,
    wish: &Wish,
    topics: &Index,
) -> Result<(Option<Answer>, Vec<i16>), search::Failure> {
    if wish.question.is_empty() {
        return Ok((None, search::years(conn).await.map_err(search::Failure::from)?));
    }
    let question = Question::read(&wish.question);
    let Some(asked) = Asked::of(&question, topics) else {
        let years = search::years(conn).await.map_err(search::Failure::from)?;
        return Ok((Some(Answer::nothing_asked(locale)), years));
    };
    let locales = in_order(locale);
    let seek =
        |asked| Seek { asked, filter: &wish.filter, order: wish.order, locales: &locales, page: wish.page };
    let found = search::find(conn, &seek(&asked), topics).await?;
    let years = found.years.clone();
    if !found.counts.is_empty() || !found.hits.is_empty() {
        return Ok((Some(Answer::of(locale, wish, &question, &asked, found, topics)), years));
    }
    // Nothing: perhaps a finger slipped. That the help fails costs nobody the page.
    let meant = search::respell(conn, &wish.question, topics).await.unwrap_or_else(|_| {
        log::warn!("what was meant by a search could not be looked up");
        None
    });
    if let Some(meant) = meant {
        let respelled = Question::read(&meant);
        if let Some(asked) = Asked::of(&respelled, topics) {
            let found = search::find(conn, &seek(&asked), topics).await?;
            if !found.hits.is_empty() {
                let wish = Wish { question: meant.clone(), ..wish.clone() };
                let mut answer = Answer::of(locale, &wish, &respelled, &asked, found, topics);
                answer.instead_of(locale, &typed(&question), &meant);
                return Ok((Some(answer), years));
            }
        }
    }
    Ok((Some(Answer::nothing(locale, wish, &question, &asked, topics)), years))
}

/// What was typed, as far as it was read.
fn typed(question: &Question) -> String {
    question.wanted().map(crate::text::question::Piece::text).collect::<Vec<_>>().join(" ")
}

/// The page's own language, then those that share its first part (the other Chinese script), then the rest.
fn in_order(own: Locale) -> Vec<Locale> {
    let language = |locale: Locale| locale.tag().split('-').next().unwrap_or_default();
    let mut all: Vec<Locale> = Locale::all().collect();
    all.sort_by_key(|locale| (*locale != own, language(*locale) != language(own)));
    all
}

#[derive(Template)]
#[template(path = "site/opensearch.xml", escape = "html")]
struct Description {
    short_name: String,
    description: String,
    locale: Locale,
    address: String,
}

/// How a browser searches here (OpenSearch 1.1).
pub async fn describe(reader: Reader) -> Result<HttpResponse, Error> {
    let names = reader.outline().await.names(reader.locale);
    let page = Description {
        // At most 16 letters, says the specification.
        short_name: names.short_name.chars().take(16).collect(),
        description: reader.locale.words().search_about.with("name", &names.name).plain().into_owned(),
        locale: reader.locale,
        address: format!("{}{}", reader.base_url.as_str(), Place::Search.path(reader.locale)),
    };
    Ok(HttpResponse::Ok()
        .content_type("application/opensearchdescription+xml; charset=utf-8")
        .body(page.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_script_comes_before_another_language() {
        let order =
            |tag| in_order(Locale::parse(tag).unwrap()).into_iter().map(Locale::tag).collect::<Vec<_>>();
        assert_eq!(order("en"), ["en", "zh-Hans", "zh-Hant"]);
        assert_eq!(order("zh-Hans"), ["zh-Hans", "zh-Hant", "en"]);
        assert_eq!(order("zh-Hant"), ["zh-Hant", "zh-Hans", "en"]);
    }

    #[test]
    fn a_wish_is_read_back_from_its_address() {
        let index = Index::default();
        let path = "/en/search?q=a+b&language=zh-hans&year=1997&kind=report&order=newest&page=3";
        let wish = Wish::read(path.split_once('?').unwrap().1, &index).unwrap();
        assert_eq!(wish.path(Locale::default_locale()), path);
        let odd = Wish::read("language=xx&year=x&kind=y&topic=z&page=999999999999999999999&order=1", &index)
            .unwrap();
        assert_eq!(odd.path(Locale::default_locale()), "/en/search");
        assert_eq!(Wish::read("q=a&page=9999", &index).unwrap().page, MOST_RANKED / PAGE - 1);
    }
}

//! Every address of the program, on one screen.

use actix_web::dev::HttpServiceFactory;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Handler, Resource, Responder, guard};

use super::admin::factors::{self, apps, forgetting, passkeys, proof, recovery};
use super::admin::topics::{form as topic_form, merging, names, retagging, twins};
use super::admin::{
    account, audit, dashboard, drafts, embargo, following, history, kept, limit, media, paste, people,
    preview_links, publication, removal, review, samples, saving, schedule, second_step, sessions, set_up,
    settings, site as desk_site, statements as desk, topics as desk_topics, versions as desk_versions,
};
use super::error::Error;
use super::site::{
    corrections, home, lists, media as readers_media, pages, previews, search, statements, topics, versions,
};
use super::{admin, assets, health};

/// The addresses for readers.
pub fn for_readers(config: &mut ServiceConfig) {
    config
        .service(at("/").route(read(home::choose)))
        .service(at("/health/live").route(read(health::live)))
        .service(at("/health/ready").route(read(health::ready)))
        .service(at("/robots.txt").route(read(pages::robots)))
        .service(at("/favicon.ico").route(read(assets::favicon)))
        .service(at("/static/{hash}/{name}").route(read(assets::show)))
        .service(at("/preview/{token}").route(read(previews::show)))
        .service(at("/media/{hash}/{name}").route(read(readers_media::show)))
        .service(at("/preview/{token}/media/{hash}/{name}").route(read(readers_media::preview)))
        .service(at("/{locale}").route(read(home::show)))
        .service(at("/{locale}/statements").route(read(lists::archive)))
        .service(at("/{locale}/statements/{number}").route(read(statements::show)))
        .service(at("/{locale}/statements/{number}/versions").route(read(versions::index)))
        .service(at("/{locale}/statements/{number}/versions/{n}").route(read(versions::show)))
        .service(at("/{locale}/corrections").route(read(corrections::index)))
        .service(at("/{locale}/kinds/{kind}").route(read(lists::kind)))
        .service(at("/{locale}/search").route(read(search::show)))
        .service(at("/{locale}/opensearch.xml").route(read(search::describe)))
        .service(at("/{locale}/topics").route(read(topics::index)))
        .service(at("/{locale}/topics/{slug}").route(read(topics::show)))
        .service(at("/{locale}/pages/{page}").route(read(pages::show)))
        .service(periods_of("archive").route(read(lists::archive)))
        .service(periods_of("corrections").route(read(corrections::index)))
        .service(periods_of("kinds/{kind}").route(read(lists::kind)))
        .service(periods_of("topics/{slug}").route(read(topics::show)));
}

/// The addresses of the desk: first those that need no sign-in, then those behind it.
pub fn for_editors(config: &mut ServiceConfig) {
    config
        .service(both("/sign-in", sessions::new, sessions::create))
        .service(both("/sign-in/second-step", second_step::new, second_step::create))
        .service(act("/sign-in/passkey", second_step::passkey))
        .service(act("/sign-in/passkey/question", second_step::question))
        .service(both("/set-up/{token}", set_up::new, set_up::create))
        .service(behind_sign_in());
}

fn behind_sign_in() -> impl HttpServiceFactory {
    web::scope("")
        .wrap(actix_web::middleware::from_fn(admin::gate::signed_in))
        .service(at("").route(read(dashboard::show)))
        .service(at("/").route(read(dashboard::show)))
        .service(act("/sign-out", sessions::destroy))
        .service(both("/statements", desk::index, saving::create))
        .service(at("/statements/new").route(read(desk::new)))
        .service(act("/statements/draft-preview", drafts::begun))
        .service(act("/statements/{id}/{locale}/draft-preview", drafts::changed))
        .service(both("/paste", paste::new, paste::create))
        .service(both("/statements/{id}/{locale}", desk::edit, saving::update))
        .service(at("/statements/{id}/{locale}/preview").route(read(desk::preview)))
        .service(at("/statements/{id}/{locale}/history").route(read(history::index)))
        .service(at("/statements/{id}/{locale}/compare").route(read(history::compare)))
        .service(act("/statements/{id}/{locale}/restoration", history::restore))
        .service(act("/statements/{id}/{locale}/presence", kept::presence::note))
        .service(at("/kept").route(read(kept::pages::index)))
        .service(at("/kept/{id}").route(read(kept::pages::show)))
        .service(act("/kept/{id}/aside", kept::pages::put_aside))
        .service(both("/statements/{id}/{locale}/publication", publication::new, publication::create))
        .service(both("/statements/{id}/{locale}/withdrawal", publication::end, publication::destroy))
        .service(act("/statements/{id}/{locale}/reinstatement", publication::reinstate))
        .service(act("/statements/{id}/{locale}/submission", review::submit))
        .service(act("/statements/{id}/{locale}/take-back", review::take_back))
        .service(at("/statements/{id}/{locale}/review").route(read(review::show)))
        .service(act("/statements/{id}/{locale}/changes", review::request_changes))
        .service(act("/statements/{id}/{locale}/approval", review::approve))
        .service(act("/statements/{id}/{locale}/notes", review::leave_note))
        .service(act("/statements/{id}/{locale}/schedule", schedule::create))
        .service(act("/statements/{id}/{locale}/unschedule", schedule::destroy))
        .service(both("/statements/{id}/{locale}/embargo", embargo::edit, embargo::update))
        .service(both("/statements/{id}/{locale}/people", limit::edit, limit::update))
        .service(both("/statements/{id}/{locale}/removal", removal::new, removal::create))
        .service(both(
            "/statements/{id}/{locale}/versions/{n}/closing",
            desk_versions::end,
            desk_versions::destroy,
        ))
        .service(act("/statements/{id}/{locale}/versions/{n}/reopening", desk_versions::reopen))
        .service(act("/statements/{id}/{locale}/following", following::confirm))
        .service(both("/statements/{id}/{locale}/preview-links", preview_links::index, preview_links::create))
        .service(act("/statements/{id}/{locale}/preview-links/{link}/revocation", preview_links::destroy))
        .service(act("/statements/{id}/{locale}/discard", desk::destroy))
        .service(act("/statements/{id}/{locale}/undiscard", desk::restore))
        .service(both("/media", media::library::index, media::upload::create))
        .service(at("/media/new").route(read(media::upload::new)))
        .service(at("/media/files/{hash}/{name}").route(read(media::files::show)))
        .service(both("/media/{id}", media::medium::show, media::medium::update))
        .service(act("/media/{id}/removal", media::medium::destroy))
        .service(both("/topics", desk_topics::index, topic_form::create))
        .service(at("/topics/new").route(read(topic_form::new)))
        .service(act("/topics/names", names::update))
        .service(both("/topics/twins", twins::index, twins::create))
        .service(act("/topics/twins/back", twins::destroy))
        .service(both("/topics/retag", retagging::new, retagging::create))
        .service(act("/topics/retag/{id}/undo", retagging::destroy))
        .service(act("/topics/merges/{id}/undo", merging::destroy))
        .service(both("/topics/{number}", topic_form::edit, topic_form::update))
        .service(both("/topics/{number}/merge", merging::new, merging::create))
        .service(both("/site", desk_site::edit, desk_site::update))
        .service(both("/settings", settings::edit, settings::update))
        .service(at("/audit").route(read(audit::index)))
        .service(both("/people", people::index, people::create))
        .service(both("/people/{id}", people::edit, people::update))
        .service(act("/people/{id}/link", people::make_link))
        .service(act("/people/{id}/link-revocation", people::revoke_link))
        .service(act("/people/{id}/sign-out", people::sign_out))
        .service(act("/people/{id}/revocation", people::destroy))
        .service(act("/people/{id}/restoration", people::restore))
        .service(both("/account", account::edit, account::update))
        .service(act("/account/password", account::change_password))
        .service(act("/account/sign-ins/end", account::end))
        .service(act("/account/sign-ins/end-others", account::end_others))
        .service(act("/samples/removal", samples::destroy))
        .service(both("/account/proof", proof::new, proof::create))
        .service(at("/account/second-factors").route(read(factors::index)))
        .service(act("/account/second-factors/apps", apps::create))
        .service(both("/account/second-factors/apps/{id}", apps::show, apps::update))
        .service(both("/account/second-factors/apps/{id}/removal", apps::end, apps::destroy))
        .service(act("/account/second-factors/passkeys", passkeys::create))
        .service(act("/account/second-factors/passkeys/question", passkeys::ask))
        .service(both("/account/second-factors/passkeys/{id}/removal", passkeys::end, passkeys::destroy))
        .service(act("/account/second-factors/recovery-codes", recovery::create))
        .service(both("/people/{id}/second-factors/removal", forgetting::new, forgetting::create))
}

/// What an address that is only read allows.
const READ: &str = "GET, HEAD";

/// An address that is read, and says so when it is asked for anything else.
fn at(path: &str) -> Resource {
    strict(web::resource(path), READ)
}

/// A list's periods: one page, three addresses.
fn periods_of(list: &str) -> Resource {
    let periods = ["/{year}", "/{year}/{month}", "/{year}/{month}/{day}"];
    strict(web::resource(periods.map(|period| format!("/{{locale}}/{list}{period}"))), READ)
}

fn strict(resource: Resource, allowed: &'static str) -> Resource {
    let refuse = move || async move { Err::<actix_web::HttpResponse, _>(Error::Method(allowed)) };
    resource.default_service(web::to(refuse))
}

/// An address that is read and written.
fn both<A, B, F, G>(path: &str, show: F, change: G) -> Resource
where
    F: Handler<A, Output: Responder + 'static>,
    A: actix_web::FromRequest + 'static,
    G: Handler<B, Output: Responder + 'static>,
    B: actix_web::FromRequest + 'static,
{
    strict(web::resource(path), "GET, HEAD, POST").route(read(show)).route(web::post().to(change))
}

/// An address that is written only.
fn act<B, G>(path: &str, change: G) -> Resource
where
    G: Handler<B, Output: Responder + 'static>,
    B: actix_web::FromRequest + 'static,
{
    strict(web::resource(path), "POST").route(web::post().to(change))
}

/// Reading, with HEAD as with GET (RFC 9110, 9.3.2).
fn read<A, F>(show: F) -> actix_web::Route
where
    F: Handler<A, Output: Responder + 'static>,
    A: actix_web::FromRequest + 'static,
{
    web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(show)
}

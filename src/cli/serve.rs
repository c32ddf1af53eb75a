//! `onrecord serve`: the site and the desk, until it is told to stop.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use actix_web::HttpServer;
use actix_web::cookie::Key;
use actix_web::web::Data;
use tokio::signal::unix::{SignalKind, signal};

use super::database::{Open, Prepared};
use super::{Failure, runtime};
use crate::app::App;
use crate::config::{Config, DatabaseSetting, MediaSetting};
use crate::domain::accounts::{links, secrets};
use crate::domain::interchange::samples;
use crate::domain::statements::store;
use crate::i18n::Locale;
use crate::infra::blobs::Blobs;
use crate::infra::clock::Clock;
use crate::jobs;
use crate::web::{service, urls};

/// How long requests in flight may take once the program was told to stop.
const GRACE_SECONDS: u64 = 20;

pub(super) fn run(config: &Config) -> Result<ExitCode, Failure> {
    // Before the database: whoever has the port is told at once, and nothing was started for nothing.
    let listener = TcpListener::bind(config.listen)
        .map_err(|error| format!("ONRECORD_LISTEN: {} cannot be listened on: {error}", config.listen))?;
    let open = Open::new(config)?;
    if let Some((place, true)) = open.place() {
        println!(
            "The data folder cannot be reached by the database's user; the database is in {}",
            place.display()
        );
    }
    let outcome = runtime().block_on(serve(config, &open, listener));
    open.close();
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn serve(config: &Config, open: &Open, listener: TcpListener) -> Result<(), Failure> {
    let prepared = open.prepare(config).await?;
    say_what_was_prepared(&prepared);
    let clock = Clock::default();
    if prepared.is_untouched && config.samples && matches!(config.database, DatabaseSetting::Private) {
        load_samples(open, &clock).await?;
    }
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    say_what_is_not_shown(&store::languages(&mut conn).await.map_err(|error| error.to_string())?);
    let key = secrets::cookie_key(&mut conn).await.map_err(|error| error.to_string())?;
    let key = Key::try_from(key.as_slice())
        .map_err(|error| format!("the key for cookies cannot be used: {error}"))?;
    let set_up = links::for_set_up(&mut conn, clock.now()).await.map_err(|error| error.to_string())?;
    drop(conn);

    let app = Arc::new(
        App::new(open.database.clone(), clock, config.base_url.clone(), blobs_of(config)?)
            .behind(config.proxies.clone()),
    );
    let handles = Data::from(Arc::clone(&app));
    let server = HttpServer::new(move || service::build(handles.clone(), key.clone()))
        .disable_signals()
        .shutdown_timeout(GRACE_SECONDS)
        .client_request_timeout(std::time::Duration::from_secs(10))
        .listen(listener)
        .map_err(|error| format!("ONRECORD_LISTEN: {error}"))?
        .run();
    println!("Serving {}", config.base_url.as_str());
    if let Some(token) = set_up {
        println!(
            "Nobody has an account yet. Set the site up, once, within a day, at\n{}{}",
            config.base_url.as_str(),
            urls::set_up(&token)
        );
    }
    let pruning = actix_web::rt::spawn(jobs::prune(Arc::clone(&app)));
    let publishing = actix_web::rt::spawn(jobs::publish_due::run(Arc::clone(&app)));
    let sweeping = actix_web::rt::spawn(jobs::media::sweep(app));
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        if until_told_to_stop().await.is_ok() {
            println!("Stopping: requests in flight are finished first.");
            handle.stop(true).await;
        }
    });
    let outcome = server.await.map_err(|error| error.to_string());
    publishing.abort();
    pruning.abort();
    sweeping.abort();
    outcome
}

/// Where pictures and files are.
pub(super) fn blobs_of(config: &Config) -> Result<Blobs, Failure> {
    match &config.media {
        MediaSetting::Folder(folder) => Ok(Blobs::folder(folder.clone())),
        MediaSetting::Bucket { bucket, prefix } => {
            Blobs::bucket(bucket, prefix).map_err(|error| format!("ONRECORD_MEDIA: {error}"))
        }
    }
}

fn say_what_was_prepared(prepared: &Prepared) {
    if prepared.migrations > 0 {
        println!("The database is up to date ({} steps applied).", prepared.migrations);
    }
    if prepared.topics > 0 {
        println!("{} topics are in place.", prepared.topics);
    }
}

/// Nobody should wonder where the texts of a language have gone.
fn say_what_is_not_shown(languages: &[Locale]) {
    for locale in languages.iter().filter(|locale| !locale.is_used()) {
        println!(
            "There are texts in {locale}, which ONRECORD_LOCALES does not name: they are kept, and shown to nobody."
        );
    }
}

async fn load_samples(open: &Open, clock: &Clock) -> Result<(), Failure> {
    let mut conn = open.database.connection().await.map_err(|error| error.to_string())?;
    let loaded = samples::load(&mut conn, clock.now()).await.map_err(|error| error.to_string())?;
    if loaded > 0 {
        println!("A sample record of {loaded} texts is in place; a button on the desk removes it.");
    }
    Ok(())
}

/// Waits for SIGINT (Ctrl-C) or SIGTERM.
async fn until_told_to_stop() -> std::io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

//! Every setting: read once, checked once, all mistakes reported together, secrets never printed.

mod proxies;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

mod media;

use crate::i18n::{self, Locale};

pub use media::MediaSetting;
pub use proxies::Proxies;

/// The settings as they were given: flags, or environment variables of the same name.
#[derive(Args, Clone, Default)]
pub struct Given {
    /// The PostgreSQL (15 or newer) to use; without it the program makes and owns a private one.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// A URL with the right to change tables, where the everyday one has none.
    #[arg(long, env = "DATABASE_MIGRATION_URL", hide_env_values = true, global = true, value_name = "URL")]
    pub database_migration_url: Option<String>,
    /// The address and port to listen on.
    #[arg(
        long,
        env = "ONRECORD_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true,
        value_name = "ADDRESS:PORT"
    )]
    pub listen: String,
    /// The address that readers use, without a path [default: http://LISTEN].
    #[arg(long, env = "ONRECORD_BASE_URL", global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// The folder for the private database.
    #[arg(
        long,
        env = "ONRECORD_DATA_DIR",
        default_value = "./.onrecord",
        global = true,
        value_name = "FOLDER"
    )]
    pub data_dir: PathBuf,
    /// Where pictures and files are kept: s3://BUCKET/PREFIX [default: the folder "media" in the data folder].
    /// For a bucket, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say who and where.
    #[arg(long, env = "ONRECORD_MEDIA", global = true, value_name = "s3://BUCKET/PREFIX")]
    pub media: Option<String>,
    /// How much to log: error, warn, info, debug or trace, also per module.
    #[arg(
        long,
        env = "ONRECORD_LOG",
        default_value = "warn,onrecord=info",
        global = true,
        value_name = "LEVELS"
    )]
    pub log: String,
    /// The topics of an empty database: a JSON file, or "none" [default: the 124 that come with the program].
    #[arg(long, env = "ONRECORD_TOPICS", global = true, value_name = "FILE|none")]
    pub topics: Option<String>,
    /// The languages of the site, with commas between them, the default first: each has a file of words.
    #[arg(long, env = "ONRECORD_LOCALES", default_value = i18n::USUAL, global = true, value_name = "TAG,…")]
    pub locales: String,
    /// Addresses or networks of proxies, with commas between them, that name the sender of a request in
    /// X-Forwarded-For. A proxy on this machine needs no mention.
    #[arg(
        long,
        env = "ONRECORD_TRUSTED_PROXIES",
        global = true,
        value_name = "ADDRESS,…",
        default_value = ""
    )]
    pub trusted_proxies: String,
    /// Serve plain http to other machines all the same: sign-ins can be read on the way.
    #[arg(long, env = "ONRECORD_INSECURE", global = true)]
    pub insecure: bool,
    /// Start an empty private database without the sample record.
    #[arg(long, env = "ONRECORD_NO_SAMPLES", global = true)]
    pub no_samples: bool,
}

/// The settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which database.
    pub database: DatabaseSetting,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Scheme, host and port that readers use, without a slash at the end.
    pub base_url: BaseUrl,
    /// The data folder.
    pub data_dir: PathBuf,
    /// Where pictures and files are kept.
    pub media: MediaSetting,
    /// The filter of the log.
    pub log: String,
    /// The languages of the site, the default first.
    pub locales: Vec<Locale>,
    /// Whose word is taken for where a request comes from.
    pub proxies: Proxies,
    /// What an empty database gets.
    pub topics: TopicsSetting,
    /// Whether an empty private database gets the sample record.
    pub samples: bool,
}

/// Which database the program uses.
#[derive(Clone)]
pub enum DatabaseSetting {
    /// One of its own, in the data folder.
    Private,
    /// One that was given, with the URL for migrations.
    Given {
        /// For everyday use.
        url: String,
        /// For migrations.
        migration_url: String,
    },
}

impl fmt::Debug for DatabaseSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Private => "Private",
            Self::Given { .. } => "Given(…)",
        })
    }
}

/// Which topics an empty database gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopicsSetting {
    /// Those that come with the program.
    Embedded,
    /// Those of a file.
    File(PathBuf),
    /// None.
    Nothing,
}

/// Scheme, host and port of the site: `https://example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads one; says what is wrong with it.
    pub fn parse(url: &str) -> Result<Self, String> {
        let url = url.trim_end_matches('/');
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match rest {
            None => Err(format!("{url:?} does not begin with http:// or https://")),
            Some(host) if host.is_empty() || host.contains(['/', '?', '#', '@', ' ', '"', '<']) => {
                Err(format!("{url:?} is not just a scheme, a host and perhaps a port"))
            }
            Some(_) => Ok(Self(url.to_ascii_lowercase())),
        }
    }

    /// As it stands before a path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and perhaps port.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// Whether readers come over https: this, and not the listener, decides on `Secure`, `__Host-` and HSTS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Everything that is wrong with the settings, a line each.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:\n{}", .0.iter().map(|p| format!("  - {p}")).collect::<Vec<_>>().join("\n"))]
pub struct Mistakes(pub Vec<String>);

impl Given {
    /// Checks all settings and reports all mistakes at once.
    pub fn check(self) -> Result<Config, Mistakes> {
        let mut mistakes = Vec::new();
        let listen = self.listen.parse::<SocketAddr>();
        if listen.is_err() {
            mistakes.push(format!(
                "ONRECORD_LISTEN: {:?} is no address and port, such as 127.0.0.1:8080 or [::1]:8080",
                self.listen
            ));
        }
        let base_url = self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        let base_url =
            BaseUrl::parse(&base_url).map_err(|why| mistakes.push(format!("ONRECORD_BASE_URL: {why}")));
        if let (Ok(listen), Ok(base_url)) = (&listen, &base_url)
            && !base_url.is_https()
            && !listen.ip().is_loopback()
            && !self.insecure
        {
            mistakes.push(format!(
                "ONRECORD_LISTEN: {listen} can be reached from other machines, but ONRECORD_BASE_URL is not https, so \
                 passwords would travel in the open. Put a proxy with https in front and name its address, or say --insecure"
            ));
        }
        for (name, url) in
            [("DATABASE_URL", &self.database_url), ("DATABASE_MIGRATION_URL", &self.database_migration_url)]
        {
            // The value itself is never repeated: it holds a password.
            if url
                .as_ref()
                .is_some_and(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://"))
            {
                mistakes.push(format!("{name}: does not begin with postgres:// or postgresql://"));
            }
        }
        if self.database_url.is_none() && self.database_migration_url.is_some() {
            mistakes.push("DATABASE_MIGRATION_URL: needs DATABASE_URL beside it".to_owned());
        }
        let topics = match self.topics.as_deref() {
            None | Some("") => TopicsSetting::Embedded,
            Some("none") => TopicsSetting::Nothing,
            Some(file) => TopicsSetting::File(file.into()),
        };
        if let TopicsSetting::File(file) = &topics
            && !file.is_file()
        {
            mistakes.push(format!("ONRECORD_TOPICS: there is no file {}", file.display()));
        }
        let tags = if self.locales.trim().is_empty() { i18n::USUAL } else { &self.locales };
        let locales = i18n::parse(tags).map_err(|why| mistakes.push(format!("ONRECORD_LOCALES: {why}")));
        let proxies = Proxies::parse(&self.trusted_proxies)
            .map_err(|why| mistakes.push(format!("ONRECORD_TRUSTED_PROXIES: {why}")));
        let media =
            MediaSetting::parse(self.media.as_deref(), &self.data_dir, |name| std::env::var(name).ok())
                .map_err(|media| mistakes.extend(media));
        match (listen, base_url, locales, proxies, media) {
            (Ok(listen), Ok(base_url), Ok(locales), Ok(proxies), Ok(media)) if mistakes.is_empty() => {
                Ok(Config {
                    database: match self.database_url {
                        None => DatabaseSetting::Private,
                        Some(url) => DatabaseSetting::Given {
                            migration_url: self.database_migration_url.unwrap_or_else(|| url.clone()),
                            url,
                        },
                    },
                    listen,
                    base_url,
                    data_dir: self.data_dir,
                    media,
                    log: self.log,
                    locales,
                    proxies,
                    topics,
                    samples: !self.no_samples,
                })
            }
            _ => Err(Mistakes(mistakes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given { listen: "127.0.0.1:8080".into(), ..Given::default() }
    }

    #[test]
    fn the_base_url_follows_the_listener() {
        assert_eq!(given().check().unwrap().base_url.as_str(), "http://127.0.0.1:8080");
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_no_secret_with_them() {
        let mistakes = Given {
            listen: "somewhere".into(),
            base_url: Some("ftp://x".into()),
            database_url: Some("mysql://user:hunter2@host".into()),
            topics: Some("/nowhere/topics.json".into()),
            locales: "en,cn".into(),
            ..given()
        }
        .check()
        .unwrap_err();
        assert_eq!(mistakes.0.len(), 5, "{mistakes}");
        assert!(!mistakes.to_string().contains("hunter2"));
    }

    #[test]
    fn plain_http_to_other_machines_is_refused() {
        let open = Given { listen: "0.0.0.0:80".into(), ..given() };
        assert!(open.clone().check().is_err());
        assert!(Given { insecure: true, ..open.clone() }.check().is_ok());
        assert!(Given { base_url: Some("https://example.org/".into()), ..open }.check().is_ok());
    }
}

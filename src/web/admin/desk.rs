//! What every page of the desk has around its content.

use std::sync::Arc;

use crate::app::App;
use crate::domain::outcome::Problems;
use crate::domain::policy::{Action, may};
use crate::i18n::Locale;
use crate::web::assets;
use crate::web::extract::Editor;
use crate::web::session::Flash;
use crate::web::urls;

/// The part of the desk that a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What waits.
    Dashboard,
    /// Statements.
    Statements,
    /// Topics.
    Topics,
    /// Pictures and files.
    Media,
    /// The site's names and pages.
    Site,
    /// What holds for everybody.
    Settings,
    /// Who may sign in.
    People,
    /// Who did what.
    AuditLog,
    /// One's own account.
    Account,
    /// The door.
    Outside,
}

/// Masthead and messages.
pub struct Desk {
    /// The short name of the organisation.
    pub name: String,
    /// The language of that.
    pub name_in: Locale,
    /// The home page that readers see.
    pub home: String,
    /// Who is signed in.
    pub person: Option<String>,
    /// Where we are.
    pub room: Room,
    /// What was just done.
    pub flash: Option<Flash>,
    /// What has to be mended in the form below.
    pub problems: Problems,
    /// Whether the site's own pages may be kept by this person.
    pub keeps_site: bool,
    /// Whether the settings may be.
    pub keeps_settings: bool,
    /// Whether people may be.
    pub keeps_people: bool,
    /// Whether the audit log is read by this person.
    pub reads_log: bool,
}

impl Desk {
    /// For somebody who is signed in.
    pub async fn of(editor: &Editor, room: Room) -> Self {
        let mut desk = Self::outside(editor).await;
        desk.person = Some(editor.user.name.clone());
        desk.room = room;
        desk.flash = editor.flash.clone();
        desk.keeps_site = may(editor.actor(), Action::KeepSite).is_ok();
        desk.keeps_settings = may(editor.actor(), Action::KeepSettings).is_ok();
        desk.keeps_people = may(editor.actor(), Action::KeepPeople).is_ok();
        desk.reads_log = may(editor.actor(), Action::ReadAuditLog).is_ok();
        desk
    }

    /// For somebody who is not.
    pub async fn outside(app: &App) -> Self {
        let english = Locale::english();
        let outline: Arc<_> = app.outline().await;
        Self {
            name: outline.names(english).short_name,
            name_in: outline.names_in(english),
            home: urls::Place::Home.path(Locale::default_locale()),
            person: None,
            room: Room::Outside,
            flash: None,
            problems: Problems::default(),
            keeps_site: false,
            keeps_settings: false,
            keeps_people: false,
            reads_log: false,
        }
    }

    /// Whether this is a room that stands under "More" in the navigation.
    pub fn is_in_more(&self) -> bool {
        matches!(self.room, Room::Site | Room::Settings | Room::People | Room::AuditLog | Room::Account)
    }

    /// Whether this person has anything to administer.
    pub fn administers(&self) -> bool {
        self.keeps_site || self.keeps_settings || self.keeps_people || self.reads_log
    }

    /// With what has to be mended in the form.
    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// The address of a static file.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// What is wrong with a field, if anything is.
    pub fn problem(&self, field: &str) -> Option<&str> {
        self.problems.of(field)
    }
}

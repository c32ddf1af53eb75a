//! Choosing a password: two fields that are the same, and what is asked of it.

use crate::app::App;
use crate::domain::accounts::demands::Demands;
use crate::domain::accounts::passwords::Password;
use crate::domain::outcome::Problems;
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::form::Fields;

/// What is asked of the password of somebody with this name and address: nothing that they, or the
/// organisation, are known by.
pub async fn demands(app: &App, name: &str, email: &str, has_second_factor: bool) -> Demands {
    let outline = app.outline().await;
    let names: Vec<_> = Locale::all().map(|locale| outline.names(locale)).collect();
    let organisation = names.iter().flat_map(|names| [names.name.as_str(), names.short_name.as_str()]);
    Demands::of([name, email].into_iter().chain(organisation), has_second_factor)
}

/// What keeps the password of a form from being chosen.
pub async fn problems(app: &App, demands: &Demands, fields: &Fields) -> Result<Problems, Error> {
    let mut problems = Problems::default();
    let password = Password::typed(fields.raw("password"));
    if let Err(why) = app.judge(demands.clone(), password).await.map_err(Error::Internal)? {
        problems.add("password", why);
    }
    if fields.raw("password") != fields.raw("password_again") {
        problems.add("password_again", "This is not the same as above. Please type it once more.");
    }
    Ok(problems)
}

/// The hash of the password of a form.
pub async fn hash(app: &App, fields: &Fields) -> Result<String, Error> {
    app.hash(Password::typed(fields.raw("password"))).await.map_err(Error::Internal)
}

//! Publishes what is due, to the second, as long as the program runs. What came due while no program ran
//! goes out when one starts.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::app::App;
use crate::domain::outcome::Refused;
use crate::domain::statements::commands::{self, Due};

/// The longest sleep: what was scheduled meanwhile, here or in another process, is seen after it.
const LONGEST: Duration = Duration::from_secs(1);

/// Never ends.
pub async fn run(app: Arc<App>) {
    let mut is_failing = false;
    loop {
        let next = match round(&app).await {
            Ok(next) => {
                is_failing = false;
                next
            }
            Err(error) => {
                // Said once, not every second of an outage.
                if !is_failing {
                    log::error!("what is scheduled cannot be published just now: {error}");
                }
                is_failing = true;
                None
            }
        };
        tokio::time::sleep(until(next, app.clock.now())).await;
    }
}

/// Publishes everything that is due, and says when the next is.
pub async fn round(app: &App) -> anyhow::Result<Option<Timestamp>> {
    let mut conn = app.database.connection().await?;
    let mut failed = Vec::new();
    loop {
        let due = commands::publish_due(&mut conn, &failed, app.clock.now()).await?;
        let Some(Due { statement, outcome }) = due else { break };
        match outcome {
            Ok(change) => app.apply(change),
            Err(Refused::Database(_) | Refused::Random(_)) => {
                // No other has to wait for it. This one is tried again in the next round.
                log::error!("statement {statement} is due and cannot be published just now");
                failed.push(statement);
            }
            Err(refused) => log::warn!("statement {statement} was due and is held up: {refused}"),
        }
    }
    if failed.is_empty() { Ok(commands::next_due(&mut conn).await?) } else { Ok(None) }
}

fn until(next: Option<Timestamp>, now: Timestamp) -> Duration {
    let left =
        next.map_or(LONGEST, |next| Duration::try_from(next.duration_since(now)).unwrap_or(Duration::ZERO));
    // What is due and could not go out is tried again, but not in a circle without a pause.
    left.clamp(Duration::from_millis(20), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_wakes_when_the_next_is_due_and_looks_every_second() {
        let now: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(until(None, now), LONGEST);
        assert_eq!(until(at("2026-03-02T13:00:00Z"), now), LONGEST);
        assert_eq!(until(at("2026-03-02T12:00:00.25Z"), now), Duration::from_millis(250));
        assert_eq!(until(at("2026-03-02T11:00:00Z"), now), Duration::from_millis(20));
    }
}

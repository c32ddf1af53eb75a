//! The whole workflow on one screen: what may happen to a text in which state, and what comes of it.

use super::{DeskState, PublicState};

/// Where a text stands: towards readers, and on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// What readers meet.
    pub public: PublicState,
    /// What waits on the desk.
    pub desk: DeskState,
}

impl State {
    /// Whether it is a draft that somebody discarded.
    pub fn is_put_away(self) -> bool {
        self.public == PublicState::Never && self.desk == DeskState::None
    }
}

/// What somebody wants to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Keep words or facts on the desk.
    Save,
    /// Give one save to those who review.
    Submit,
    /// Take it from them again.
    TakeBack,
    /// Ask for something else.
    RequestChanges,
    /// Say that this save may go out.
    Approve,
    /// Give it a time to go out by itself.
    Schedule,
    /// Take that time from it.
    Unschedule,
    /// Show a save to readers.
    Publish,
    /// Put away a draft that never was public.
    Discard,
    /// Take it back.
    Undiscard,
    /// Take the text away from readers, and say so.
    Withdraw,
    /// Give it back to them.
    Reinstate,
    /// Empty the words for good.
    Remove,
}

/// The state after a move, or why it cannot be made.
pub fn next(state: State, wanted: Move) -> Result<State, &'static str> {
    use DeskState as Desk;
    use Move::{Approve, Discard, Publish, Reinstate, Remove, RequestChanges, Save, Schedule};
    use Move::{Submit, TakeBack, Undiscard, Unschedule, Withdraw};
    use PublicState::{Never, Published, Removed, Withdrawn};

    let State { public, desk } = state;
    let at = |public, desk| Ok(State { public, desk });
    match (wanted, public, desk) {
        (_, Removed, _) => Err("This text was removed for good. Its words are gone."),

        // Whoever was asked for changes makes them in many saves, and is done when they submit again.
        (Save, _, Desk::ChangesRequested) => at(public, Desk::ChangesRequested),
        (Save, _, _) => at(public, Desk::Draft),

        (Submit, _, Desk::Draft | Desk::ChangesRequested) => at(public, Desk::InReview),
        (Submit, _, Desk::None) => Err("There is nothing new here to submit."),
        (Submit, _, _) => Err("This text is submitted already."),

        (TakeBack, _, Desk::InReview | Desk::Approved) => at(public, Desk::Draft),
        (TakeBack, _, Desk::Scheduled) => {
            Err("This text is scheduled. A publisher can take it off the schedule first.")
        }
        (TakeBack, _, _) => Err("This text is not submitted: there is nothing to take back."),

        (RequestChanges, _, Desk::InReview | Desk::Approved | Desk::Scheduled) => {
            at(public, Desk::ChangesRequested)
        }
        (RequestChanges, _, Desk::ChangesRequested) => Err("Changes are requested already."),
        (RequestChanges, _, _) => Err("This text is not submitted. A note can be left on it all the same."),

        (Approve, _, Desk::InReview) => at(public, Desk::Approved),
        (Approve, _, Desk::Approved | Desk::Scheduled) => Err("This text is approved already."),
        (Approve, _, _) => Err("This text is not submitted. Once it is, it can be approved."),

        (Schedule | Publish, Withdrawn, _) => {
            Err("This text is withdrawn. Reinstate it first, then publish the new one.")
        }
        (Schedule | Publish, _, Desk::None) => Err("There is nothing here that readers do not have already."),
        (Schedule | Publish, _, Desk::ChangesRequested) => {
            Err("Changes are requested on this text. Once they are made, submit it again.")
        }
        (Schedule, _, _) => at(public, Desk::Scheduled),
        (Unschedule, _, Desk::Scheduled) => at(public, Desk::Approved),
        (Unschedule, _, _) => Err("This text is not scheduled."),
        (Publish, _, _) => at(Published, Desk::None),

        (Discard, Never, Desk::Draft | Desk::ChangesRequested) => at(Never, Desk::None),
        (Discard, Never, Desk::None) => Err("This draft is discarded already."),
        (Discard, Never, _) => Err("This text is submitted. Take it back first, then discard it."),
        (Discard, _, _) => {
            Err("A text that was public cannot be discarded. It can be withdrawn, with a reason.")
        }

        (Undiscard, Never, Desk::None) => at(Never, Desk::Draft),
        (Undiscard, ..) => Err("This draft is not discarded."),

        (Withdraw, Published, _) => at(Withdrawn, desk),
        (Withdraw, Withdrawn, _) => Err("This text is withdrawn already."),
        (Withdraw, Never, _) => Err("This text never was public. It can be discarded."),

        (Reinstate, Withdrawn, _) => at(Published, desk),
        (Reinstate, ..) => Err("This text is not withdrawn."),

        (Remove, _, _) => at(Removed, Desk::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(moves: &[Move]) -> Result<State, &'static str> {
        let begun = State { public: PublicState::Never, desk: DeskState::Draft };
        moves.iter().try_fold(begun, |state, wanted| next(state, *wanted))
    }

    #[test]
    fn saving_never_changes_what_readers_meet() {
        for public in [PublicState::Never, PublicState::Published, PublicState::Withdrawn] {
            let state = State { public, desk: DeskState::None };
            assert_eq!(next(state, Move::Save).unwrap(), State { public, desk: DeskState::Draft });
        }
    }

    #[test]
    fn only_what_was_never_public_can_be_discarded() {
        assert!(after(&[Move::Discard, Move::Undiscard, Move::Publish]).is_ok());
        assert!(after(&[Move::Publish, Move::Discard]).is_err());
        assert!(after(&[Move::Publish, Move::Withdraw, Move::Discard]).is_err());
        assert!(after(&[Move::Discard, Move::Publish]).is_err());
    }

    #[test]
    fn a_withdrawn_text_comes_back_only_by_reinstating() {
        assert!(after(&[Move::Publish, Move::Withdraw, Move::Save, Move::Publish]).is_err());
        assert!(after(&[Move::Publish, Move::Withdraw, Move::Save, Move::Reinstate, Move::Publish]).is_ok());
    }

    #[test]
    fn removed_is_for_good() {
        for wanted in [Move::Save, Move::Publish, Move::Reinstate, Move::Undiscard, Move::Remove] {
            assert!(after(&[Move::Publish, Move::Remove, wanted]).is_err());
        }
    }

    #[test]
    fn a_save_stops_whatever_was_on_its_way_out() {
        let submitted = [Move::Submit];
        let approved = [Move::Submit, Move::Approve];
        let scheduled = [Move::Submit, Move::Approve, Move::Schedule];
        for way in [&submitted[..], &approved, &scheduled] {
            assert!(after(way).unwrap().desk.names_a_save());
            assert_eq!(after(&[way, &[Move::Save]].concat()).unwrap().desk, DeskState::Draft);
        }
    }

    #[test]
    fn requested_changes_are_made_and_submitted_before_anything_goes_out() {
        let asked = [Move::Submit, Move::RequestChanges, Move::Save];
        for refused in [Move::Approve, Move::Schedule, Move::Publish] {
            assert!(after(&[&asked[..], &[refused]].concat()).is_err(), "{refused:?}");
        }
        for then in [Move::Approve, Move::Schedule, Move::Publish] {
            assert!(after(&[&asked[..], &[Move::Submit, then]].concat()).is_ok(), "{then:?}");
        }
    }

    #[test]
    fn every_refusal_is_a_sentence() {
        for public in PublicState::ALL {
            for desk in DeskState::ALL {
                for wanted in
                    [Move::Submit, Move::TakeBack, Move::RequestChanges, Move::Approve, Move::Schedule]
                {
                    if let Err(why) = next(State { public: *public, desk: *desk }, wanted) {
                        assert!(why.len() > 20 && why.ends_with('.'), "{why}");
                    }
                }
            }
        }
    }
}

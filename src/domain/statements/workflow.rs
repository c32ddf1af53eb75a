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
    /// Keep words on the desk.
    Save,
    /// Show them to readers.
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
    use Move::{Discard, Publish, Reinstate, Remove, Save, Undiscard, Withdraw};
    use PublicState::{Never, Published, Removed, Withdrawn};

    let State { public, desk } = state;
    let at = |public, desk| Ok(State { public, desk });
    match (wanted, public, desk) {
        (_, Removed, _) => Err("This text was removed for good. Its words are gone."),

        (Save, _, _) => at(public, Desk::Draft),

        (Publish, Never | Published, Desk::Draft) => at(Published, Desk::None),
        (Publish, Withdrawn, _) => {
            Err("This text is withdrawn. Reinstate it first, then publish the new one.")
        }
        (Publish, _, Desk::None) => Err("There is nothing here that readers do not have already."),

        (Discard, Never, Desk::Draft) => at(Never, Desk::None),
        (Discard, Never, Desk::None) => Err("This draft is discarded already."),
        (Discard, ..) => {
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
}

//! The words of the record that are the same in the database, in addresses and in files.

crate::words_enum! {
    /// What sort of text a statement is.
    Kind {
        /// A position taken in public.
        Statement = "statement",
        /// News for the press.
        PressRelease = "press-release",
        /// A letter that everyone may read.
        OpenLetter = "open-letter",
        /// A statement of several organisations.
        JointStatement = "joint-statement",
        /// What a witness tells.
        Testimony = "testimony",
        /// News of a case.
        CaseUpdate = "case-update",
        /// A longer investigation.
        Report = "report",
        /// Anything else that is signed and dated.
        Article = "article",
    }
}

crate::words_enum! {
    /// What readers meet at the address of a text.
    PublicState {
        /// Nothing: it never was public.
        Never = "never",
        /// The text.
        Published = "published",
        /// Title, date and reason, but not the text.
        Withdrawn = "withdrawn",
        /// Number and reason only, for good.
        Removed = "removed",
    }
}

crate::words_enum! {
    /// What waits on the desk.
    DeskState {
        /// Nothing: what there is, is public, or was discarded.
        None = "none",
        /// Words that are not public.
        Draft = "draft",
        /// One save of them was submitted, and waits for somebody to read it.
        InReview = "in-review",
        /// Somebody read it, and asked for something else.
        ChangesRequested = "changes-requested",
        /// That save may go out.
        Approved = "approved",
        /// That save goes out by itself at a time.
        Scheduled = "scheduled",
    }
}

impl DeskState {
    /// Whether one save is on its way out, which a later save stops.
    pub fn names_a_save(self) -> bool {
        matches!(self, Self::InReview | Self::Approved | Self::Scheduled)
    }
}

crate::words_enum! {
    /// How a version differs from the one before it.
    ChangeKind {
        /// Spelling and the like: needs no public note.
        SmallFix = "small-fix",
        /// Something was wrong.
        Correction = "correction",
        /// Something happened since.
        Update = "update",
        /// We no longer stand by it: the text stays, under a notice.
        Retraction = "retraction",
    }
}

impl ChangeKind {
    /// Whether readers must be told what changed and why.
    pub fn needs_note(self) -> bool {
        self != Self::SmallFix
    }
}

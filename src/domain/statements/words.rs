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

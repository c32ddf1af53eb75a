//! What people have to know about what was made of an upload.

crate::words_enum! {
    /// What was taken out, and what cannot be.
    Warning {
        /// A picture was larger than is kept.
        Shrunk = "shrunk",
        /// A picture had the colours of a printing press.
        PrintColours = "print-colours",
        /// Scripts were taken out.
        Scripts = "scripts",
        /// Attached files, sounds or films were taken out.
        Attachments = "attachments",
        /// Buttons and links that start something were taken out.
        Actions = "actions",
        /// Digital signatures were taken out.
        Signatures = "signatures",
        /// Earlier states of the document were taken out.
        Revisions = "revisions",
        /// It has comments.
        Comments = "comments",
        /// It has a form.
        Form = "form",
        /// It has layers that may be hidden.
        Layers = "layers",
        /// It has pictures whose own details cannot be emptied.
        Pictures = "pictures",
    }
}

impl Warning {
    /// What it says to whoever uploaded it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Shrunk => {
                "The picture was larger than is kept here, and has been made smaller. Keep your own copy of it."
            }
            Self::PrintColours => {
                "Its colours were those of a printing press (CMYK). Please look whether they are right."
            }
            Self::Scripts => "It contained scripts. They have been taken out.",
            Self::Attachments => "Files, sounds or films were attached to it. They have been taken out.",
            Self::Actions => {
                "It contained links or buttons that start something or open other files. They no longer do."
            }
            Self::Signatures => {
                "It was signed digitally. The signature has been taken out, for it would no longer hold."
            }
            Self::Revisions => "It contained earlier states of itself. They have been taken out.",
            Self::Comments => {
                "It has comments. Their authors and times are gone, but everybody can read what they say."
            }
            Self::Form => "It has a form. Everybody can read what is filled in.",
            Self::Layers => "It has layers. Everybody can show those that are hidden.",
            Self::Pictures => {
                "It has pictures that may hold details of their own, such as the place where they were taken. These \
                 cannot be emptied here."
            }
        }
    }

    /// All that stand in a column, in the order in which people are told.
    pub fn read(words: &str) -> Vec<Self> {
        words.split(' ').filter_map(Self::parse).collect()
    }

    /// As they stand in a column.
    pub fn write(warnings: &[Self]) -> String {
        warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>().join(" ")
    }
}

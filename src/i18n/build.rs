//! Tells Cargo about the folder of words: a file that was not there before is a new language.

fn main() {
    for folder in ["src/i18n/words", "tests/locales/words"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}

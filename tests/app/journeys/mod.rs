//! Whole ways through the program.

mod no_word_lost;
mod process;

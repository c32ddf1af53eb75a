//! Whole ways through the program.

mod checking;
mod no_word_lost;
mod process;

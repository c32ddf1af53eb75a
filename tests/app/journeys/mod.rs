//! Whole ways through the program.

mod process;

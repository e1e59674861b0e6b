//! The full-screen program in a pseudo-terminal: an answer is on disk before the
//! next card shows.

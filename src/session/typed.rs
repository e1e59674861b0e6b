//! Comparing a typed answer with what was to be remembered.

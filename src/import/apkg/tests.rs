//! Packages made here, good and hostile.

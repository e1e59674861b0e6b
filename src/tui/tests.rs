//! The program as a person would use it: keys in, screens out.

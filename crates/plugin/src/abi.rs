//! The C table, ABI 1.

//! Talent's protocol without I/O.

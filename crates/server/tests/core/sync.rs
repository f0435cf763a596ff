//! Whole syncs against Talent's stand-in.

mod bad_rows;
mod company;
mod faults;
mod lifecycle;
mod one_worker;
mod outbound;
mod outbound_faults;
mod turns;

//! Microsoft's side, for one machine.

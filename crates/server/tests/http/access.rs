//! Who may see what: every cell of the table over HTTP, in one network and across two; the member's choice, the
//! trail of looks, and the end of access.

mod cells;
mod expected;
mod hidden;
mod line;
mod networks;
mod own_sessions;
mod scene;
mod sessions;
mod views;
mod visibility;

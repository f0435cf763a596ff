//! What the inbound sync does with members.

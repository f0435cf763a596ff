//! The Eloops card.

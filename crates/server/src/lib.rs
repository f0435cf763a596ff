//! The Eloops server.

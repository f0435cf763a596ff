-- A session lasts from a sign-in to its end, eight hours at most. Its bearers live an hour each and are renewed on
-- the way: together they are one family, and end together.
ALTER TABLE sessions RENAME COLUMN token_hash TO id;
-- Hash of Microsoft's own session (`sid` of the id token): a sign-out there ends what it began here.
ALTER TABLE sessions ADD COLUMN sid_hash TEXT;
CREATE INDEX sessions_by_sid ON sessions (sid_hash);

CREATE TABLE session_bearers (
    -- SHA-256 of the bearer, base64url.
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    session_id  TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at  BIGINT NOT NULL,
    -- When a newer one took its place; NULL for the newest. Kept to the session's end: whoever renews it a second
    -- time holds a copy.
    replaced_at BIGINT
);
CREATE INDEX session_bearers_by_session ON session_bearers (session_id);

-- Sessions of before were known by their only bearer.
INSERT INTO session_bearers (token_hash, session_id, expires_at) SELECT id, id, expires_at FROM sessions;

-- The language of the window's pages.
ALTER TABLE pairings ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE pairings ADD COLUMN sid_hash TEXT;
CREATE INDEX pairings_by_sid ON pairings (sid_hash);

-- Sign-in through the paired popup, and the sessions that come of it.
-- Bearers, states and cookies are kept as SHA-256 only; users' tokens are sealed (AES-256-GCM).

CREATE TABLE pairings (
    -- SHA-256 of the frame's secret, base64url: the only thing that ever stands in an address.
    challenge   TEXT   NOT NULL PRIMARY KEY,
    network_id  TEXT   NOT NULL REFERENCES networks (id),
    -- started, redeeming, signed_in, confirmed, ended
    state       TEXT   NOT NULL,
    -- Hash of the popup's cookie: the transaction belongs to one browser.
    cookie_hash TEXT   NOT NULL UNIQUE,
    -- Hash of OAuth's state.
    state_hash  TEXT   NOT NULL,
    nonce       TEXT   NOT NULL,
    -- The PKCE verifier, sealed.
    verifier    TEXT   NOT NULL,
    -- From here on NULL until the account is known.
    member_id   TEXT   REFERENCES members (id),
    object_id   TEXT,
    account     TEXT,
    -- JSON list of app roles.
    roles       TEXT,
    -- The user's tokens, sealed.
    tokens      TEXT,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX pairings_by_expiry ON pairings (expires_at);

CREATE TABLE sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    network_id TEXT   NOT NULL REFERENCES networks (id),
    -- NULL for an administrator who is no member.
    member_id  TEXT   REFERENCES members (id),
    object_id  TEXT   NOT NULL,
    roles      TEXT   NOT NULL,
    -- The user's tokens, sealed; NULL when there are none.
    tokens     TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_member ON sessions (member_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

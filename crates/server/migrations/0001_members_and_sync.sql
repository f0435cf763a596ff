-- SQL that SQLite and PostgreSQL both accept: TEXT and BIGINT only.
-- Times are microseconds since 1970 in UTC, days are YYYY-MM-DD, ids are UUIDv7.
-- Every row belongs to a network.

CREATE TABLE networks (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    tenant        TEXT   NOT NULL UNIQUE,
    -- 1 when the last outbound run found both custom fields in Talent's $metadata.
    fields_mapped BIGINT NOT NULL DEFAULT 0,
    created_at    BIGINT NOT NULL
);

CREATE TABLE members (
    id               TEXT   NOT NULL PRIMARY KEY,
    network_id       TEXT   NOT NULL REFERENCES networks (id),
    worker_number    TEXT   NOT NULL,
    -- Entra object id in lower case: who signs in as this member.
    object_id        TEXT,
    party_number     TEXT,
    name             TEXT   NOT NULL,
    first_name       TEXT   NOT NULL,
    last_name        TEXT   NOT NULL,
    email            TEXT,
    phone            TEXT,
    -- pending, active, inactive
    status           TEXT   NOT NULL,
    department       TEXT,
    title            TEXT,
    manager_number   TEXT,
    -- Linked in a second pass; NULL for the top, and where the line is broken.
    manager_id       TEXT   REFERENCES members (id),
    -- NULL, or why the line above is broken: loop, orphan, no_position, unknown_position, vacant
    line_problem     TEXT,
    worker_status    TEXT   NOT NULL,
    worker_type      TEXT,
    employment_start TEXT,
    employment_end   TEXT,
    -- First eight bytes of a SHA-256 over the worker's fields, to find changed workers fast.
    hash_in          BIGINT NOT NULL,
    joined_at        BIGINT,
    deactivated_at   BIGINT,
    created_at       BIGINT NOT NULL,
    -- When a sync last changed this row.
    synced_at        BIGINT NOT NULL,
    UNIQUE (network_id, worker_number)
);
CREATE INDEX members_by_object_id ON members (network_id, object_id);
CREATE INDEX members_by_manager ON members (manager_id);

CREATE TABLE uploads (
    id            TEXT   NOT NULL PRIMARY KEY,
    network_id    TEXT   NOT NULL REFERENCES networks (id),
    member_id     TEXT   NOT NULL REFERENCES members (id),
    -- photo, video
    kind          TEXT   NOT NULL,
    caption       TEXT   NOT NULL,
    content_type  TEXT   NOT NULL,
    bytes         BIGINT NOT NULL,
    width         BIGINT,
    height        BIGINT,
    -- Where the media store keeps it and its thumbnail.
    content_key   TEXT   NOT NULL,
    thumbnail_key TEXT,
    coins         BIGINT NOT NULL,
    -- visible, removed
    state         TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    removed_at    BIGINT,
    removed_by    TEXT
);
CREATE INDEX uploads_by_member ON uploads (member_id, created_at);

-- Append-only; triggers made after the migrations refuse every update and delete.
CREATE TABLE coin_transactions (
    id         TEXT   NOT NULL PRIMARY KEY,
    network_id TEXT   NOT NULL REFERENCES networks (id),
    member_id  TEXT   NOT NULL REFERENCES members (id),
    -- award, upload, adjustment, reversal
    kind       TEXT   NOT NULL,
    amount     BIGINT NOT NULL CHECK (amount <> 0),
    reason     TEXT   NOT NULL,
    upload_id  TEXT   REFERENCES uploads (id),
    -- Who entered it: a member id, or the account's object id for an administrator outside the network.
    entered_by TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX coin_transactions_by_member ON coin_transactions (member_id, created_at, id);
-- An upload is paid once and taken back once.
CREATE UNIQUE INDEX coin_transactions_once_per_upload ON coin_transactions (upload_id, kind);

CREATE TABLE idempotency_keys (
    network_id  TEXT   NOT NULL REFERENCES networks (id),
    key         TEXT   NOT NULL,
    -- Hash of caller, method, path and body: the same key with another request is refused.
    fingerprint TEXT   NOT NULL,
    resource_id TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (network_id, key)
);

-- What Talent's custom fields showed when last read, and what Eloops last wrote there.
CREATE TABLE worker_links (
    member_id            TEXT   NOT NULL PRIMARY KEY REFERENCES members (id),
    network_id           TEXT   NOT NULL REFERENCES networks (id),
    talent_coins         BIGINT,
    talent_uploads       BIGINT,
    read_at              BIGINT NOT NULL,
    last_written_coins   BIGINT,
    last_written_uploads BIGINT,
    written_at           BIGINT,
    -- What a write under way was to put there; NULL again once the answer is in. After a crash it tells
    -- our own value in Talent from somebody else's.
    sent_coins           BIGINT,
    sent_uploads         BIGINT
);
CREATE INDEX worker_links_by_network ON worker_links (network_id);

CREATE TABLE sync_runs (
    id               TEXT   NOT NULL PRIMARY KEY,
    network_id       TEXT   NOT NULL REFERENCES networks (id),
    -- in, out
    direction        TEXT   NOT NULL,
    dry_run          BIGINT NOT NULL,
    worker           TEXT,
    -- schedule, api, command
    started_by       TEXT   NOT NULL,
    -- planning, held, applying, done, partial, failed, rejected, reverted
    state            TEXT   NOT NULL,
    count_create     BIGINT NOT NULL DEFAULT 0,
    count_update     BIGINT NOT NULL DEFAULT 0,
    count_deactivate BIGINT NOT NULL DEFAULT 0,
    count_reactivate BIGINT NOT NULL DEFAULT 0,
    count_write      BIGINT NOT NULL DEFAULT 0,
    count_skip       BIGINT NOT NULL DEFAULT 0,
    held_because     TEXT,
    error            TEXT,
    -- The lease's number once the run has its turn; NULL while it waits.
    fencing          BIGINT,
    started_at       BIGINT NOT NULL,
    finished_at      BIGINT
);
CREATE INDEX sync_runs_by_network ON sync_runs (network_id, id);

CREATE TABLE sync_changes (
    run_id        TEXT   NOT NULL REFERENCES sync_runs (id),
    -- Order within the run, from 0.
    seq           BIGINT NOT NULL,
    network_id    TEXT   NOT NULL REFERENCES networks (id),
    worker_number TEXT   NOT NULL,
    -- create, update, deactivate, reactivate, write, skip
    action        TEXT   NOT NULL,
    -- JSON: [{"name":…,"old":…,"new":…}]
    fields        TEXT   NOT NULL,
    reason        TEXT,
    -- planned, applied, failed, skipped
    outcome       TEXT   NOT NULL,
    PRIMARY KEY (run_id, seq)
);
CREATE INDEX sync_changes_by_worker ON sync_changes (network_id, worker_number);

-- Who may run what, among several servers on one database.
CREATE TABLE leases (
    network_id TEXT   NOT NULL REFERENCES networks (id),
    name       TEXT   NOT NULL,
    holder     TEXT   NOT NULL,
    -- Grows with every new holder; a write carrying an old number is refused.
    fencing    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (network_id, name)
);

-- What happened, written in the transaction that made it happen.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY,
    network_id TEXT   NOT NULL REFERENCES networks (id),
    -- coins, uploads, talent
    topic      TEXT   NOT NULL,
    member_id  TEXT   NOT NULL REFERENCES members (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_by_network ON outbox (network_id, id);

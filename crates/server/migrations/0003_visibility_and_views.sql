-- What members let their line see, and who looked at whom.

-- Only members who chose something have a row; everybody else shows the balance.
CREATE TABLE member_visibility (
    member_id       TEXT   NOT NULL PRIMARY KEY REFERENCES members (id),
    -- 1 when the reporting line sees the coins.
    balance_to_line BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);

-- One row for each visit: looks of one viewer without half an hour's pause between them.
CREATE TABLE views (
    id         TEXT   NOT NULL PRIMARY KEY,
    network_id TEXT   NOT NULL REFERENCES networks (id),
    -- Who was looked at.
    member_id  TEXT   NOT NULL REFERENCES members (id),
    -- Who looked: a member id, or an account's object id for an application and for an administrator
    -- who is no member.
    viewer_id  TEXT   NOT NULL,
    -- manager, manager_above, admin, application
    viewer_as  TEXT   NOT NULL,
    -- profile, team
    looked_at  TEXT   NOT NULL,
    first_at   BIGINT NOT NULL,
    last_at    BIGINT NOT NULL
);
CREATE INDEX views_by_member ON views (member_id, id);
CREATE INDEX views_by_viewer ON views (network_id, viewer_id, last_at);
CREATE INDEX views_by_end ON views (last_at);

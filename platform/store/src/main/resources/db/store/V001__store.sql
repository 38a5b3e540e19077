-- What the store itself keeps: messages that leave with the transaction that caused them, and leases.

create table outbox (
    id              uuid        primary key,
    topic           text        not null,
    payload         jsonb       not null,
    created_at      timestamptz not null,
    next_attempt_at timestamptz not null,
    attempts        integer     not null default 0,
    -- why the last attempt failed; kept when the message is given up
    reason          text,
    dead_at         timestamptz
);
create index outbox_due on outbox (topic, next_attempt_at, id) where dead_at is null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;

-- One row a thing that only one process may do at a time.
create table lease (
    name       text        primary key,
    owner      text        not null,
    expires_at timestamptz not null
);

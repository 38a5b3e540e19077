-- Central's tables. cluster_id stands in every large key, ids are UUIDv7 made in Java, and there are no sequences,
-- triggers or exclusion constraints, so that a distributed PostgreSQL serves too.

create table cluster (
    id                     uuid primary key,
    name                   text        not null,
    created_at             timestamptz not null,
    removed_at             timestamptz,
    sensor_version         text,
    kubernetes_version     text,
    kubernetes_uid         text,
    capabilities           text[]      not null default '{}',
    missing_permissions    jsonb       not null default '[]',
    last_contact_at        timestamptz,
    last_synced_at         timestamptz,
    connected              boolean     not null default false,
    syncing                boolean     not null default false,
    certificate_serial     text,
    certificate_expires_at timestamptz,
    -- raised with every stream: writes that carry an older one come from a Central that lost the cluster
    control_epoch          bigint      not null default 0,
    inventory_epoch        bigint      not null default 0,
    -- when the last object of a removed cluster was deleted
    purged_at              timestamptz
);
create index cluster_unpurged on cluster (id) where removed_at is not null and purged_at is null;
create unique index cluster_name on cluster (name) where removed_at is null;

-- A single-use secret to join with; only its hash is kept.
create table cluster_registration (
    cluster_id  uuid        not null references cluster,
    secret_hash bytea       primary key,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);

-- Certificate authorities: the newest signs, all that are not expired are trusted. The key is sealed with Central's key file.
create table authority (
    id          uuid primary key,
    certificate text        not null,
    sealed_key  bytea       not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);

-- Every inventory object as its Sensor sent it; the hash is opaque to Central.
create table inventory_object (
    cluster_id uuid        not null,
    type       text        not null,
    namespace  text        not null,
    kind       text        not null,
    name       text        not null,
    hash       bigint      not null,
    document   jsonb       not null,
    owner_kind text,
    owner_name text,
    -- of pods: the hash of what its containers are, so that one pod stands for all of its kind
    shape      bytea,
    changed_at timestamptz not null,
    primary key (cluster_id, type, namespace, kind, name)
);
create index inventory_object_owner on inventory_object (cluster_id, namespace, owner_kind, owner_name, shape)
    where type = 'POD';

-- One row a workload: what lists ask for, and whether it waits to be judged anew.
create table workload (
    cluster_id  uuid        not null,
    id          uuid        not null,
    namespace   text        not null,
    kind        text        not null,
    name        text        not null,
    images      text[]      not null,
    labels      jsonb       not null,
    replicas    integer,
    pods        integer     not null default 0,
    -- which shapes its pods have, as one hash: when it changes, the workload is judged anew
    pod_shapes  bytea,
    platform    boolean     not null,
    created_at  timestamptz,
    changed_at  timestamptz not null,
    -- raised with every change that concerns the workload; judged once evaluated_version has caught up
    version           bigint not null default 1,
    evaluated_version bigint not null default 0,
    low_alerts      integer not null default 0,
    medium_alerts   integer not null default 0,
    high_alerts     integer not null default 0,
    critical_alerts integer not null default 0,
    primary key (cluster_id, id)
);
create unique index workload_key on workload (cluster_id, namespace, kind, name);
create index workload_by_id on workload (id);
create index workload_waiting on workload (cluster_id, id) where evaluated_version < version;
create index workload_worst on workload (critical_alerts desc, high_alerts desc, medium_alerts desc, low_alerts desc, cluster_id desc, id desc);

create table policy (
    id         uuid primary key,
    name       text        not null,
    document   jsonb       not null,
    severity   smallint    not null,
    disabled   boolean     not null,
    is_default boolean     not null,
    changed_at timestamptz not null
);
create unique index policy_name on policy (lower(name));

-- Where a policy could not be decided for a workload, and why.
create table undecided (
    cluster_id  uuid not null,
    workload_id uuid not null,
    policy_id   uuid not null,
    reason      text not null,
    primary key (cluster_id, workload_id, policy_id)
);

create table alert (
    cluster_id      uuid        not null,
    id              uuid        not null,
    policy_id       uuid        not null,
    policy_name     text        not null,
    severity        smallint    not null,
    categories      text[]      not null,
    workload_id     uuid        not null,
    namespace       text        not null,
    kind            text        not null,
    workload_name   text        not null,
    platform        boolean     not null,
    state           text        not null check (state in ('OPEN', 'SNOOZED', 'RESOLVED')),
    snoozed_until   timestamptz,
    violations      jsonb       not null,
    violation_count integer     not null,
    first_seen_at   timestamptz not null,
    changed_at      timestamptz not null,
    resolved_at     timestamptz,
    resolution      text,
    -- violations that a person resolved by hand do not open again until the workload's violations change
    resolved_by_hand boolean    not null default false,
    primary key (cluster_id, id),
    check ((state = 'RESOLVED') = (resolved_at is not null))
);
-- One open alert for each policy and workload, whatever the number of Centrals that write.
create unique index alert_open on alert (cluster_id, workload_id, policy_id) where resolved_at is null;
create index alert_by_severity on alert (severity desc, first_seen_at desc, id desc) where resolved_at is null;
create index alert_by_id on alert (id);
create index alert_by_severity_of_all on alert (severity desc, first_seen_at desc, id desc);
create index alert_resolved_by_severity on alert (severity desc, first_seen_at desc, id desc) where resolved_at is not null;
create index alert_by_cluster on alert (cluster_id, severity desc, first_seen_at desc, id desc) where resolved_at is null;
create index alert_by_policy_name on alert (policy_name, first_seen_at, id);
create index alert_by_namespace_name on alert (namespace, workload_name, id);
create index alert_by_workload_name on alert (workload_name, namespace, id);
create index alert_snoozed on alert (snoozed_until) where state = 'SNOOZED';
create index alert_by_first_seen on alert (first_seen_at desc, id desc);
create index alert_by_changed on alert (changed_at desc, id desc);
create index alert_by_policy on alert (policy_id, first_seen_at desc, id desc);
create index alert_by_namespace on alert (cluster_id, namespace, first_seen_at desc, id desc);
create index alert_by_workload on alert (cluster_id, workload_id, first_seen_at desc, id desc);
create index alert_resolved on alert (resolved_at) where resolved_at is not null;

create table alert_event (
    cluster_id uuid        not null,
    alert_id   uuid        not null,
    id         uuid        not null,
    at         timestamptz not null,
    actor      text        not null,
    action     text        not null,
    text       text        not null,
    primary key (cluster_id, alert_id, id)
);

create table notifier (
    id                uuid primary key,
    name              text        not null,
    type              text        not null,
    enabled           boolean     not null,
    minimum_severity  smallint    not null,
    settings          jsonb       not null,
    sealed_secrets    bytea,
    created_at        timestamptz not null,
    last_delivered_at timestamptz,
    last_error        text
);
create unique index notifier_name on notifier (lower(name));

create table user_account (
    name          text primary key,
    password_hash text        not null,
    role          text        not null,
    changed_at    timestamptz not null
);

create table session (
    secret_hash bytea primary key,
    user_name   text        not null references user_account on delete cascade,
    csrf_token  text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null
);

create index session_expires on session (expires_at);

-- Failed sign-ins by source: `address <ip>` or `account <name>`.
create table login_failure (
    source   text        not null,
    at       timestamptz not null,
    id       uuid        not null,
    primary key (source, at, id)
);
create index login_failure_at on login_failure (at);

create table api_token (
    id           uuid primary key,
    name         text        not null,
    secret_hash  bytea       not null unique,
    role         text        not null,
    cluster_ids  uuid[]      not null,
    namespaces   text[]      not null,
    created_by   text        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz
);
create unique index api_token_name on api_token (lower(name));

create table audit_entry (
    id             uuid primary key,
    at             timestamptz not null,
    actor          text        not null,
    action         text        not null,
    object         text        not null,
    detail         text,
    remote_address text
);
create index audit_entry_at on audit_entry (at desc, id desc);

create table setting (
    name  text primary key,
    value jsonb not null
);

-- What the lists of alerts need at some hundred thousand rows.

-- A word in a name is found by its groups of three letters.
create extension if not exists pg_trgm;
create index alert_names on alert
    using gin (policy_name gin_trgm_ops, workload_name gin_trgm_ops, namespace gin_trgm_ops);

-- The usual list, and what it is counted by, without a look at the rows themselves.
create index alert_open_by_severity on alert (severity desc, first_seen_at desc, id desc)
    include (cluster_id, namespace, platform, policy_id) where state = 'OPEN' and resolved_at is null;

-- What a token that is scoped to namespaces sees, counted likewise.
create index alert_open_by_namespace on alert (namespace, severity)
    include (cluster_id, platform, policy_id) where state = 'OPEN' and resolved_at is null;

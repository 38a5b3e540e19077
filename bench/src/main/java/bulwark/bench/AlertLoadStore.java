package bulwark.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Looks into Central's database from outside, and fills it with alerts faster than clusters would make them.
final class AlertLoadStore implements AutoCloseable {
    private static final String WAITING = """
            select (select count(*) from workload where evaluated_version < version)
                 + (select count(*) from cluster where syncing)""";
    private static final String UNANNOUNCED = "select count(*) from outbox";
    private static final String CLUSTERS = """
            insert into cluster (id, name, created_at)
            select uuidv7(), 'region-' || n, now() from generate_series(1, 3) as n""";
    // Each of 4,800 workloads a cluster has about half of the policies against it, first seen within the last 30 days;
    // what the hashes of names decide is the same at every run.
    private static final String ALERTS = """
            insert into alert (cluster_id, id, policy_id, policy_name, severity, categories, workload_id, namespace, kind,
                workload_name, platform, state, snoozed_until, violations, violation_count, first_seen_at, changed_at,
                resolved_at, resolution)
            select a.cluster_id, uuidv7(-a.age), a.policy_id, a.policy_name, a.severity, a.categories, a.workload_id,
                   a.namespace, a.kind, a.name, a.namespace = 'ns-0', a.state,
                   case when a.state = 'SNOOZED' then now() + interval '7 days' end,
                   jsonb_build_array(jsonb_build_object('policyId', a.policy_id, 'criterion', 'Privileged Container',
                       'fieldPath', 'spec.template.spec.containers[0].securityContext.privileged', 'value', 'true',
                       'container', 'main', 'message', 'container main of ' || a.name || ': ' || a.policy_name)),
                   1, now() - a.age, now() - a.age / 2,
                   case when a.state = 'RESOLVED' then now() - a.age / 2 end,
                   case when a.state = 'RESOLVED' then 'FIXED' end
            from (select c.id as cluster_id, w.id as workload_id, 'ns-' || w.n % 100 as namespace,
                         'team-' || w.n % 37 || '-service-' || w.n as name,
                         (array['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])[1 + w.n % 4] as kind,
                         p.id as policy_id, p.name as policy_name, p.severity,
                         array(select jsonb_array_elements_text(p.document -> 'categories')) as categories,
                         make_interval(secs => (h.hash & 2591999)) as age, ?::text as state
                  from cluster c
                  cross join lateral (select n, uuidv7() as id from generate_series(1, 4800) as n) as w
                  cross join policy p
                  cross join lateral (select hashtextextended(c.name || w.n || p.name, 0) & 9007199254740991 as hash) as h
                  where c.name like 'region-%' and h.hash % 100 < 55
                  limit ?) as a
            order by a.age desc""";
    private static final String OPEN = "select count(*) from alert where resolved_at is null";

    private final Connection connection;

    AlertLoadStore(String jdbc) throws SQLException {
        this.connection = DriverManager.getConnection(jdbc);
    }

    /// Waits until nothing is left to be judged.
    void awaitJudged() throws SQLException, InterruptedException {
        awaitNone(WAITING);
    }

    /// Waits until what became of alerts has been told to all whom it concerns.
    void awaitAnnounced() throws SQLException, InterruptedException {
        awaitNone(UNANNOUNCED);
    }

    /// Waits until as many objects as that were stored after a time.
    void awaitChanged(Instant since, long objects) throws SQLException, InterruptedException {
        awaitNone("select greatest(0, " + objects + " - count(*)) from inventory_object where changed_at > '" + since
                + "'");
    }

    private void awaitNone(String query) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (number(query) > 0) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("not within 10 minutes: " + query);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// Adds alerts until so many are not resolved, one in fifty of them snoozed, and so many more that are.
    void fill(long unresolved, long resolved) throws SQLException {
        execute(CLUSTERS);
        add("RESOLVED", resolved);
        add("SNOOZED", unresolved / 50);
        add("OPEN", unresolved - openAlerts());
        execute("vacuum (analyze) alert"); // as autovacuum does after so many rows
    }

    private void add(String state, long count) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ALERTS)) {
            insert.setString(1, state);
            insert.setLong(2, count);
            int added = insert.executeUpdate();
            if (added != count) throw new IllegalStateException("added " + added + " alerts instead of " + count);
        }
    }

    long openAlerts() throws SQLException {
        return number(OPEN);
    }

    private long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package bulwark.central.dashboard;

import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.UNDECIDED;
import static bulwark.central.tables.Tables.WORKLOAD;

import bulwark.central.filter.ScopeCondition;
import bulwark.central.view.SeverityCounts;
import bulwark.central.view.StoredSeverity;
import bulwark.model.access.AccessScope;
import bulwark.model.policy.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The dashboard's figures, each one statement over an index.
final class DashboardStore {
    private static final int DAYS = 30;
    private static final int TOP = 10;
    private static final int REASONS = 20;

    private final DSLContext db;

    DashboardStore(DSLContext db) {
        this.db = db;
    }

    /// Open alerts by severity: the user's, and how many the platform has.
    record Open(SeverityCounts users, long platform) {}

    Open open(AccessScope scope) {
        var users = new long[Severity.values().length];
        long[] platform = new long[1];
        db.select(ALERT.SEVERITY, ALERT.PLATFORM, DSL.count())
                .from(ALERT)
                .where(visible(scope), ALERT.RESOLVED_AT.isNull(), ALERT.STATE.eq(DSL.inline("OPEN")))
                .groupBy(ALERT.SEVERITY, ALERT.PLATFORM)
                .forEach(row -> {
                    if (row.value2()) {
                        platform[0] += row.value3();
                    } else {
                        users[row.value1()] += row.value3();
                    }
                });
        return new Open(new SeverityCounts(users[0], users[1], users[2], users[3]), platform[0]);
    }

    /// The last 30 days, today last. How many were open is counted back from now.
    List<Dashboard.Day> timeline(AccessScope scope, LocalDate today) {
        LocalDate first = today.minusDays(DAYS - 1);
        Map<LocalDate, Integer> opened = perDay(scope, ALERT.FIRST_SEEN_AT, first);
        Map<LocalDate, Integer> resolved = perDay(scope, ALERT.RESOLVED_AT, first);
        int open = db.fetchCount(ALERT, users(scope).and(ALERT.RESOLVED_AT.isNull()));
        var days = new ArrayList<Dashboard.Day>();
        for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
            int openedThen = opened.getOrDefault(day, 0);
            int resolvedThen = resolved.getOrDefault(day, 0);
            days.add(new Dashboard.Day(day.toString(), openedThen, resolvedThen, Math.max(0, open)));
            open = open - openedThen + resolvedThen;
        }
        return days.reversed();
    }

    private Map<LocalDate, Integer> perDay(AccessScope scope, Field<Instant> time, LocalDate first) {
        Field<LocalDate> day = DSL.field("({0} at time zone 'UTC')::date", LocalDate.class, time);
        return db.select(day, DSL.count())
                .from(ALERT)
                .where(users(scope), time.ge(first.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .groupBy(DSL.one())
                .fetchMap(day, DSL.count());
    }

    List<Dashboard.TopPolicy> topPolicies(AccessScope scope) {
        return db.select(ALERT.POLICY_ID, ALERT.POLICY_NAME, ALERT.SEVERITY, DSL.count())
                .from(ALERT)
                .where(users(scope), ALERT.RESOLVED_AT.isNull(), ALERT.STATE.eq(DSL.inline("OPEN")))
                .groupBy(ALERT.POLICY_ID, ALERT.POLICY_NAME, ALERT.SEVERITY)
                .orderBy(DSL.count().desc(), ALERT.SEVERITY.desc(), ALERT.POLICY_NAME)
                .limit(TOP)
                .fetch(row -> new Dashboard.TopPolicy(
                        row.value1().toString(), row.value2(), StoredSeverity.severity(row.value3()), row.value4()));
    }

    List<Dashboard.Coverage> undecided(AccessScope scope) {
        var policies = DSL.countDistinct(UNDECIDED.POLICY_ID);
        var workloads = DSL.countDistinct(UNDECIDED.WORKLOAD_ID);
        return db.select(UNDECIDED.REASON, policies, workloads)
                .from(UNDECIDED)
                .join(WORKLOAD)
                .on(WORKLOAD.CLUSTER_ID.eq(UNDECIDED.CLUSTER_ID))
                .and(WORKLOAD.ID.eq(UNDECIDED.WORKLOAD_ID))
                .where(ScopeCondition.rows(scope, WORKLOAD.CLUSTER_ID, WORKLOAD.NAMESPACE))
                .groupBy(UNDECIDED.REASON)
                .orderBy(workloads.desc(), UNDECIDED.REASON)
                .limit(REASONS)
                .fetch(row -> new Dashboard.Coverage(row.value1(), row.value2(), row.value3()));
    }

    private static Condition visible(AccessScope scope) {
        return ScopeCondition.rows(scope, ALERT.CLUSTER_ID, ALERT.NAMESPACE);
    }

    private static Condition users(AccessScope scope) {
        return visible(scope).and(ALERT.PLATFORM.isFalse());
    }
}

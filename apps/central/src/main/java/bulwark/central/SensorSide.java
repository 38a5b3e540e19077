package bulwark.central;

import bulwark.base.Lifecycle;
import bulwark.base.Loop;
import bulwark.base.Metrics;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.ChangeFeed;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.ClusterApi;
import bulwark.central.cluster.ClusterChangeStore;
import bulwark.central.cluster.ClusterRemoval;
import bulwark.central.cluster.ControlService;
import bulwark.central.cluster.Registrations;
import bulwark.central.cluster.SensorWatch;
import bulwark.central.flow.AlertOutbox;
import bulwark.central.flow.ClusterRemovalFlow;
import bulwark.central.flow.EvaluationFlow;
import bulwark.central.flow.InventoryFlow;
import bulwark.central.inventory.InventoryService;
import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorIdentity;
import bulwark.central.sensor.SensorServer;
import bulwark.central.setting.SettingStore;
import bulwark.store.database.Database;
import bulwark.store.outbox.Outbox;
import bulwark.wire.Documents;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The half of Central that faces Sensors: streams, what they bring, and its evaluation.
final class SensorSide {
    private static final Duration EVALUATION = Duration.ofSeconds(1);
    private static final int JUDGES = 2;
    private static final Duration OWNERSHIP = Duration.ofSeconds(1);
    private static final Duration PURGE = Duration.ofSeconds(5);
    private static final Duration AUTHORITIES = Duration.ofMinutes(5);

    private final SensorServer server;
    private final Runnable wakeEvaluation;
    private final ClusterApi clusters;

    /// What it is made of.
    record Parts(
            Database database,
            Outbox outbox,
            AuditStore audit,
            Authorities authorities,
            Registrations.Place place,
            ChangeFeed feed,
            Metrics metrics,
            Clock clock,
            String version) {}

    private SensorSide(SensorServer server, Runnable wakeEvaluation, ClusterApi clusters) {
        this.server = server;
        this.wakeEvaluation = wakeEvaluation;
        this.clusters = clusters;
    }

    static SensorSide start(Lifecycle lifecycle, Parts parts, int port) throws Exception {
        Database database = parts.database();
        Clock clock = parts.clock();
        var documents = new Documents();
        var alerts = new AlertOutbox(parts.outbox());
        var connections = new SensorConnections();
        var registrations = new Registrations(database, parts.authorities(), parts.place(), clock);
        Runnable wakeEvaluation = startEvaluation(lifecycle, parts, documents, alerts);
        var inventory = new InventoryFlow(
                database, alerts, new SettingStore(database.sql()), parts.feed(), wakeEvaluation, clock);
        var services = List.of(
                new ControlService(new ControlService.Parts(
                        database.sql(),
                        registrations,
                        parts.authorities(),
                        connections,
                        parts.feed(),
                        parts.version(),
                        ControlService.USUAL_HEARTBEAT,
                        clock)),
                new InventoryService(inventory, connections, documents, parts.metrics()));
        SensorServer server = lifecycle.start(
                "port for sensors",
                () -> SensorServer.start(
                        new InetSocketAddress(port),
                        new SensorServer.Tls(
                                parts.authorities().key(), parts.authorities().trust()),
                        SensorServer.Limits.USUAL,
                        new SensorIdentity(Authorities.SENSOR),
                        connections,
                        services));
        var purge = new ClusterRemovalFlow(database, alerts, parts.feed(), clock);
        loop(lifecycle, parts, "removed clusters", PURGE, purge::purgeRemoved);
        var watch = new SensorWatch(
                database.sql(), connections, parts.authorities(), ControlService.USUAL_HEARTBEAT, clock);
        loop(lifecycle, parts, "stream ownership", OWNERSHIP, watch::checkOwnership);
        loop(lifecycle, parts, "heartbeat", ControlService.USUAL_HEARTBEAT, watch::beat);
        loop(lifecycle, parts, "authorities", AUTHORITIES, watch::refreshAuthorities);
        var removal = new ClusterRemoval(new ClusterChangeStore(), connections, clock);
        var clusters = new ClusterApi(new ClusterApi.Parts(
                database, parts.audit(), registrations, removal, parts.feed(), server.port(), clock));
        return new SensorSide(server, wakeEvaluation, clusters);
    }

    /// Loops that share what waits to be judged: while one waits for the database, another computes. Answers what
    /// wakes them.
    private static Runnable startEvaluation(Lifecycle lifecycle, Parts parts, Documents documents, AlertOutbox alerts)
            throws Exception {
        var loops = new ArrayList<Loop>();
        for (int i = 1; i <= JUDGES; i++) {
            var judge = new EvaluationFlow(
                    parts.database(), documents, alerts, parts.feed(), parts.metrics(), parts.clock());
            loops.add(loop(lifecycle, parts, "evaluation " + i, EVALUATION, () -> judgeAll(judge)));
        }
        return () -> loops.forEach(Loop::wake);
    }

    private static Loop loop(Lifecycle lifecycle, Parts parts, String name, Duration interval, Loop.Round round)
            throws Exception {
        return lifecycle.start("loop " + name, () -> Loop.start(name, interval, parts.metrics(), round));
    }

    private static void judgeAll(EvaluationFlow judge) {
        while (judge.judgeWaiting() > 0) {
            if (Thread.currentThread().isInterrupted()) return;
        }
    }

    int port() {
        return server.port();
    }

    ClusterApi clusters() {
        return clusters;
    }

    /// Has what waits judged now.
    void wakeEvaluation() {
        wakeEvaluation.run();
    }
}

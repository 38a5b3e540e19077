package bulwark.central.flow;

import static bulwark.central.tables.Tables.POLICY;

import bulwark.base.Metrics;
import bulwark.base.secret.SecretBox;
import bulwark.central.change.ChangeFeed;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.AuthorityTimes;
import bulwark.central.cluster.ClusterChangeStore;
import bulwark.central.cluster.ClusterRemoval;
import bulwark.central.cluster.ClusterStore;
import bulwark.central.cluster.ControlService;
import bulwark.central.cluster.JoinResult;
import bulwark.central.cluster.Registrations;
import bulwark.central.cluster.SensorWatch;
import bulwark.central.inventory.InventoryService;
import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorIdentity;
import bulwark.central.sensor.SensorServer;
import bulwark.central.setting.SettingStore;
import bulwark.central.view.StoredDocuments;
import bulwark.central.view.StoredSeverity;
import bulwark.model.policy.Policy;
import bulwark.policy.DefaultPolicies;
import bulwark.store.database.Database;
import bulwark.store.outbox.Outbox;
import bulwark.store.testing.TestDatabases;
import bulwark.wire.Documents;
import bulwark.wire.RegistrationLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;

/// Central's side of the first flow on a real PostgreSQL and a real port, without its loops: tests take the steps.
final class CentralFixture implements AutoCloseable {
    final SettableTime time;
    final Database database;
    final Authorities authorities;
    final Registrations registrations;
    final SensorConnections connections = new SensorConnections();
    final ChangeFeed changes = new ChangeFeed();
    final ClusterStore clusters;
    final ClusterRemoval removal;
    final SensorWatch watch;
    final EvaluationFlow evaluation;
    final ClusterRemovalFlow purge;
    final SensorServer server;
    private final boolean ownsDatabase;

    /// What a test may want otherwise: what time it is at first, how long certificates live, when a connection counts
    /// as dead.
    record Options(Instant start, AuthorityTimes times, SensorServer.Limits limits) {
        static Options usual() {
            return new Options(
                    Instant.now().truncatedTo(ChronoUnit.MILLIS), AuthorityTimes.USUAL, SensorServer.Limits.USUAL);
        }
    }

    CentralFixture() throws IOException {
        this(Options.usual());
    }

    CentralFixture(Options options) throws IOException {
        this(TestDatabases.create("classpath:db/migration"), true, options, newBox());
        addPolicies(DefaultPolicies.all());
    }

    private CentralFixture(Database database, boolean ownsDatabase, Options options, SecretBox box) throws IOException {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        this.box = box;
        this.time = new SettableTime(options.start());
        var documents = new Documents();
        var outbox =
                new AlertOutbox(new Outbox(database, Outbox.Limits.USUAL, Duration.ofMinutes(1), Clock.systemUTC()));
        authorities = Authorities.open(database, box, options.times(), List.of("localhost", "127.0.0.1"), time);
        registrations = new Registrations(
                database,
                authorities,
                new Registrations.Place(List.of(URI.create("https://localhost:8443")), authorities::shownFingerprint),
                time);
        clusters = new ClusterStore(database.sql(), time);
        removal = new ClusterRemoval(new ClusterChangeStore(), connections, time);
        watch = new SensorWatch(database.sql(), connections, authorities, ControlService.USUAL_HEARTBEAT, time);
        evaluation = new EvaluationFlow(database, documents, outbox, changes, Metrics.unseen(), time);
        purge = new ClusterRemovalFlow(database, outbox, changes, time);
        var inventory = new InventoryFlow(database, outbox, new SettingStore(database.sql()), changes, () -> {}, time);
        server = SensorServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new SensorServer.Tls(authorities.key(), authorities.trust()),
                options.limits(),
                new SensorIdentity(Authorities.SENSOR),
                connections,
                List.of(
                        new ControlService(new ControlService.Parts(
                                database.sql(),
                                registrations,
                                authorities,
                                connections,
                                changes,
                                "test",
                                ControlService.USUAL_HEARTBEAT,
                                time)),
                        new InventoryService(inventory, connections, documents, Metrics.unseen())));
    }

    private final SecretBox box;

    /// Another Central on the same database.
    CentralFixture sibling() throws IOException {
        return new CentralFixture(database, false, Options.usual(), box);
    }

    static SecretBox newBox() throws IOException {
        Path folder = Files.createTempDirectory("bulwark-key-");
        folder.toFile().deleteOnExit();
        SecretBox box = SecretBox.open(folder.resolve("key"));
        folder.resolve("key").toFile().deleteOnExit();
        return box;
    }

    private void addPolicies(List<Policy> policies) {
        var documents = new StoredDocuments();
        for (Policy policy : policies) {
            database.sql()
                    .insertInto(POLICY)
                    .set(POLICY.ID, UUID.fromString(policy.id()))
                    .set(POLICY.NAME, policy.name())
                    .set(POLICY.DOCUMENT, JSONB.valueOf(documents.text(policy)))
                    .set(POLICY.SEVERITY, StoredSeverity.of(policy.severity()))
                    .set(POLICY.DISABLED, policy.disabled())
                    .set(POLICY.IS_DEFAULT, true)
                    .set(POLICY.CHANGED_AT, time.instant())
                    .execute();
        }
    }

    /// Registers a cluster and answers its single-use line.
    RegistrationLine register(String name) {
        return database.transaction(transaction -> RegistrationLine.parse(registrations
                .register(transaction, name, Duration.ofHours(1))
                .orElseThrow()
                .line()));
    }

    /// A cluster that has joined, with its Sensor.
    FakeSensor joined(String name) {
        return new FakeSensor(server.port()).join(secretRequest ->
                (JoinResult.Joined) registrations.join(register(name).secret(), secretRequest));
    }

    @Override
    public void close() {
        server.close();
        if (ownsDatabase) database.close();
    }
}

package bulwark.central.flow;

import static bulwark.central.flow.Objects.container;
import static bulwark.central.flow.Objects.workload;
import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.MissingPermission;
import bulwark.wire.v1.SensorControl;
import java.io.IOException;
import java.util.List;
import org.awaitility.Awaitility;
import org.jooq.JSONB;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What cannot be known is noted as undecided, with its reason; it opens nothing and resolves nothing.
class UndecidedTest {
    private static final String INGRESS = "Deployments should have at least one ingress Network Policy";
    private static final MissingPermission NETWORK_POLICIES = MissingPermission.newBuilder()
            .setResource("networking.k8s.io/networkpolicies")
            .setVerb("list")
            .setReason("forbidden")
            .build();

    private CentralFixture central;
    private FakeSensor sensor;

    @BeforeEach
    void start() throws IOException {
        central = new CentralFixture();
        central.database
                .sql()
                .update(POLICY)
                .set(POLICY.DISABLED, POLICY.NAME.ne(INGRESS))
                .execute();
        sensor = central.joined("prod");
    }

    @AfterEach
    void stop() {
        sensor.close();
        central.close();
    }

    private void settle() {
        Awaitility.await().until(() -> !central.database.sql().fetchExists(CLUSTER, CLUSTER.SYNCING.isTrue()));
        central.evaluation.judgeWaiting();
    }

    private List<String> reasons() {
        return central.database.sql().select(UNDECIDED.REASON).from(UNDECIDED).fetch(UNDECIDED.REASON);
    }

    private int open() {
        return central.database.sql().fetchCount(ALERT, ALERT.STATE.eq("OPEN"));
    }

    private Dialogue<SensorControl, CentralControl> hello(MissingPermission... missing) throws InterruptedException {
        var control = sensor.control();
        control.send(SensorControl.newBuilder()
                .setHello(FakeSensor.hello().setHealth(health(missing)))
                .build());
        assertThat(control.next().hasWelcome()).isTrue();
        assertThat(control.next().hasCaBundle()).isTrue();
        return control;
    }

    private static Health health(MissingPermission... missing) {
        return Health.newBuilder().addAllMissingPermissions(List.of(missing)).build();
    }

    private void awaitMissing(int count) {
        Awaitility.await()
                .until(() -> central.clusters
                                .get(bulwark.model.access.AccessScope.EVERYTHING, sensor.clusterId())
                                .orElseThrow()
                                .missingPermissions()
                                .size()
                        == count);
    }

    @Test
    void judgesNothingByWhatASensorMayNotReadAndAllOfItOnceItMay() throws Exception {
        var control = hello(NETWORK_POLICIES);
        awaitMissing(1);
        sensor.put(workload("shop", "web", container("web", false)));
        sensor.sync(sensor.inventory());
        settle();

        assertThat(reasons()).containsExactly("the NetworkPolicies around the workload are not known");
        assertThat(open()).isZero();

        control.send(SensorControl.newBuilder().setHealth(health()).build());
        awaitMissing(0);
        settle();

        assertThat(reasons()).isEmpty();
        assertThat(open()).isEqualTo(1);

        control.send(
                SensorControl.newBuilder().setHealth(health(NETWORK_POLICIES)).build());
        awaitMissing(1);
        settle();

        assertThat(reasons()).hasSize(1);
        assertThat(open()).as("nobody knows better").isEqualTo(1);
    }

    @Test
    void leavesDecidedWhatDoesNotDependOnWhatIsMissing() throws Exception {
        hello(MissingPermission.newBuilder()
                .setResource("secrets")
                .setVerb("list")
                .build());
        awaitMissing(1);
        sensor.put(workload("shop", "web", container("web", false)));
        sensor.sync(sensor.inventory());
        settle();

        assertThat(reasons()).isEmpty();
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void isUndecidedOfAWorkloadWhoseStoredDocumentItCannotRead() throws Exception {
        sensor.put(workload("shop", "web", container("web", false)));
        sensor.sync(sensor.inventory());
        settle();
        assertThat(open()).isEqualTo(1);

        central.database
                .sql()
                .update(INVENTORY_OBJECT)
                .set(INVENTORY_OBJECT.DOCUMENT, JSONB.valueOf("{\"kind\": 7, \"podSpec\": \"of a later version\"}"))
                .execute();
        central.database.sql().execute("update workload set version = version + 1");
        settle();

        assertThat(reasons()).containsExactly("the stored document cannot be read by this version");
        assertThat(open()).as("nobody knows better").isEqualTo(1);
    }
}

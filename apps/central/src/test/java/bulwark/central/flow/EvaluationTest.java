package bulwark.central.flow;

import static bulwark.central.flow.Objects.container;
import static bulwark.central.flow.Objects.pod;
import static bulwark.central.flow.Objects.workload;
import static bulwark.central.tables.Tables.ALERT;
import static bulwark.central.tables.Tables.ALERT_EVENT;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.INVENTORY_OBJECT;
import static bulwark.central.tables.Tables.OUTBOX;
import static bulwark.central.tables.Tables.POLICY;
import static bulwark.central.tables.Tables.UNDECIDED;
import static bulwark.central.tables.Tables.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.central.notifier.plugin.Message;
import bulwark.central.view.StoredDocuments;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final String PRIVILEGED = "Privileged Container";

    private CentralFixture central;
    private FakeSensor sensor;

    @BeforeEach
    void start() throws IOException {
        central = new CentralFixture();
        sensor = central.joined("prod");
    }

    @AfterEach
    void stop() {
        sensor.close();
        central.close();
    }

    private List<String> alerts(String state) {
        return central.database
                .sql()
                .select(ALERT.WORKLOAD_NAME)
                .from(ALERT)
                .where(ALERT.POLICY_NAME.eq(PRIVILEGED), ALERT.STATE.eq(state))
                .orderBy(ALERT.WORKLOAD_NAME)
                .fetch(ALERT.WORKLOAD_NAME);
    }

    private List<String> resolutions() {
        return central.database
                .sql()
                .select(ALERT.RESOLUTION)
                .from(ALERT)
                .where(ALERT.POLICY_NAME.eq(PRIVILEGED), ALERT.RESOLVED_AT.isNotNull())
                .orderBy(ALERT.RESOLVED_AT)
                .fetch(ALERT.RESOLUTION);
    }

    private void settle() throws InterruptedException {
        org.awaitility.Awaitility.await()
                .until(() -> !central.database.sql().fetchExists(CLUSTER, CLUSTER.SYNCING.isTrue()));
        central.evaluation.judgeWaiting();
    }

    @Test
    void opensOneAlertForEachPolicyAndWorkloadAndTellsOfIt() throws Exception {
        sensor.put(workload("shop", "web", container("web", true)));
        sensor.put(workload("shop", "clean", container("clean", false)));
        sensor.sync(sensor.inventory());

        settle();
        central.evaluation.judgeWaiting();

        assertThat(alerts("OPEN")).containsExactly("web");
        var alert = central.database.sql().fetchSingle(ALERT, ALERT.POLICY_NAME.eq(PRIVILEGED));
        assertThat(alert.getViolations().data()).contains("containers[0].securityContext.privileged");
        assertThat(central.database
                        .sql()
                        .select(ALERT_EVENT.ACTION)
                        .from(ALERT_EVENT)
                        .where(ALERT_EVENT.ALERT_ID.eq(alert.getId()))
                        .fetch(ALERT_EVENT.ACTION))
                .containsExactly("OPENED");
        var documents = new StoredDocuments();
        assertThat(central.database.sql().selectFrom(OUTBOX).fetch(OUTBOX.PAYLOAD))
                .extracting(payload -> documents.read(Message.class, payload.data()))
                .anySatisfy(message -> {
                    assertThat(message.event()).isEqualTo(Message.Event.OPENED);
                    assertThat(message.alert().id()).isEqualTo(alert.getId().toString());
                    assertThat(message.alert().clusterName()).isEqualTo("prod");
                });
        int open = central.database.sql().fetchCount(ALERT, ALERT.WORKLOAD_NAME.eq("web"), ALERT.STATE.eq("OPEN"));
        var counts = central.database.sql().fetchSingle(WORKLOAD, WORKLOAD.NAME.eq("web"));
        assertThat(counts.getLowAlerts()
                        + counts.getMediumAlerts()
                        + counts.getHighAlerts()
                        + counts.getCriticalAlerts())
                .isEqualTo(open);
        assertThat(counts.getEvaluatedVersion()).isEqualTo(counts.getVersion());
    }

    @Test
    void judgesNothingOfAClusterWhileItSyncs() throws Exception {
        sensor.put(workload("shop", "web", container("web", true)));
        var stream = sensor.inventory();
        sensor.send(stream, sensor.compare(stream));
        stream.next();

        assertThat(central.evaluation.judgeWaiting()).isZero();

        sensor.done(stream);
        settle();
        assertThat(alerts("OPEN")).containsExactly("web");
    }

    @Test
    void resolvesWhatIsFixedAndOpensAnewWhatComesBack() throws Exception {
        var web = workload("shop", "web", container("web", true));
        sensor.put(web);
        var stream = sensor.inventory();
        sensor.sync(stream);
        settle();

        sensor.put(workload("shop", "web", container("web", false)));
        sensor.deliver(stream, web.key());
        settle();
        assertThat(alerts("OPEN")).isEmpty();
        assertThat(resolutions()).containsExactly("fixed");

        sensor.put(web);
        sensor.deliver(stream, web.key());
        settle();
        assertThat(alerts("OPEN")).containsExactly("web");
        assertThat(alerts("RESOLVED")).containsExactly("web");
    }

    @Test
    void resolvesTheAlertsOfADeletedWorkload() throws Exception {
        var web = workload("shop", "web", container("web", true));
        sensor.put(web);
        var stream = sensor.inventory();
        sensor.sync(stream);
        settle();

        sensor.remove(web);
        sensor.deliver(stream, web.key());

        assertThat(alerts("OPEN")).isEmpty();
        assertThat(resolutions()).containsExactly("workload deleted");
        assertThat(central.database.sql().fetchCount(WORKLOAD)).isZero();
        assertThat(central.database.sql().fetchCount(UNDECIDED)).isZero();
    }

    @Test
    void judgesContainersThatAreInjectedIntoPods() throws Exception {
        var web = workload("shop", "web", container("web", false));
        sensor.put(web);
        sensor.put(pod(web, "web-1"));
        var stream = sensor.inventory();
        sensor.sync(stream);
        settle();
        assertThat(alerts("OPEN")).isEmpty();

        sensor.put(pod(web, "web-1", container("proxy", true)));
        sensor.deliver(stream, pod(web, "web-1").key());
        settle();

        assertThat(alerts("OPEN")).containsExactly("web");
    }

    @Test
    void resolvesWhenAPolicyIsSwitchedOff() throws Exception {
        sensor.put(workload("shop", "web", container("web", true)));
        sensor.sync(sensor.inventory());
        settle();

        central.time.pass(Duration.ofSeconds(1));
        central.database.transaction(sql -> {
            sql.update(POLICY)
                    .set(POLICY.DISABLED, true)
                    .set(POLICY.CHANGED_AT, central.time.instant())
                    .where(POLICY.NAME.eq(PRIVILEGED))
                    .execute();
            return sql.update(WORKLOAD)
                    .set(WORKLOAD.VERSION, WORKLOAD.VERSION.plus(1))
                    .execute();
        });
        settle();

        assertThat(alerts("OPEN")).isEmpty();
        assertThat(resolutions()).containsExactly("policy disabled");
    }

    @Test
    void keepsAnAlertResolvedByHandUntilItsViolationsChange() throws Exception {
        var web = workload("shop", "web", container("web", true));
        sensor.put(web);
        var stream = sensor.inventory();
        sensor.sync(stream);
        settle();
        resolveByHand();

        central.database.sql().execute("update workload set version = version + 1");
        settle();
        assertThat(alerts("OPEN")).isEmpty();

        sensor.put(workload("shop", "web", container("web", true), container("more", true)));
        sensor.deliver(stream, web.key());
        settle();
        assertThat(alerts("OPEN")).containsExactly("web");
    }

    @Test
    void opensAgainWhatWasResolvedByHandThenMendedAndThenBrokenAsBefore() throws Exception {
        var broken = workload("shop", "web", container("web", true));
        sensor.put(broken);
        var stream = sensor.inventory();
        sensor.sync(stream);
        settle();
        resolveByHand();

        sensor.put(workload("shop", "web", container("web", false)));
        sensor.deliver(stream, broken.key());
        settle();
        sensor.put(broken);
        sensor.deliver(stream, broken.key());
        settle();

        assertThat(alerts("OPEN")).containsExactly("web");
    }

    private void resolveByHand() {
        central.database
                .sql()
                .update(ALERT)
                .set(ALERT.STATE, "RESOLVED")
                .set(ALERT.RESOLVED_AT, central.time.instant())
                .set(ALERT.RESOLVED_BY_HAND, true)
                .set(ALERT.RESOLUTION, "accepted")
                .where(ALERT.POLICY_NAME.eq(PRIVILEGED))
                .execute();
    }

    @Test
    void openAlertsOnceWhenSeveralCentralsJudge() throws Exception {
        for (int i = 0; i < 300; i++) sensor.put(workload("shop", "web-" + i, container("web", true)));
        sensor.sync(sensor.inventory());
        org.awaitility.Awaitility.await()
                .until(() -> !central.database.sql().fetchExists(CLUSTER, CLUSTER.SYNCING.isTrue()));

        int judged = 0;
        try (var sibling = central.sibling();
                var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> both = List.of(central.evaluation::judgeWaiting, sibling.evaluation::judgeWaiting);
            for (var result : tasks.invokeAll(both)) judged += result.get();
        }

        assertThat(judged).isEqualTo(300);
        assertThat(alerts("OPEN")).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void forgetsARemovedClusterAndResolvesItsAlerts() throws Exception {
        try (var other = central.joined("other")) {
            for (FakeSensor each : List.of(sensor, other)) {
                each.put(workload("shop", "web", container("web", true)));
                each.sync(each.inventory());
            }
            settle();
            assertThat(alerts("OPEN")).hasSize(2);

            central.removal.remove(central.database.sql(), sensor.clusterId());
            central.purge.purgeRemoved();

            assertThat(alerts("OPEN")).hasSize(1);
            assertThat(resolutions()).containsExactly("cluster removed");
            assertThat(central.database.sql().fetchCount(WORKLOAD)).isEqualTo(1);
            assertThat(central.database.sql().fetchCount(INVENTORY_OBJECT)).isEqualTo(1);
            assertThat(central.database.sql().fetchCount(UNDECIDED, UNDECIDED.CLUSTER_ID.eq(sensor.clusterId())))
                    .isZero();
            assertThat(central.database.sql().fetchCount(CLUSTER, CLUSTER.PURGED_AT.isNotNull()))
                    .isEqualTo(1);
        }
    }
}

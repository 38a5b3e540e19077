package bulwark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.kubernetes.Projection.Malformed;
import bulwark.kubernetes.Projection.Projected;
import bulwark.model.inventory.Workload;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    private static final String SAMPLE = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","labels":{"a":"b"},
            "ownerReferences":[{"kind":"X","controller":true}],"creationTimestamp":"2026-01-31T12:00:00Z"},
            "spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"annotations":{
            "container.apparmor.security.beta.kubernetes.io/c":"unconfined"}},"spec":{"hostNetwork":true,
            "containers":[{"name":"c","image":"nginx:1","env":[{"name":"A","value":"s3cret"},{"name":"B","valueFrom":
            {"secretKeyRef":{"name":"s","key":"k"}}}],"resources":{"limits":{"cpu":"100m"}},"securityContext":{
            "privileged":true,"capabilities":{"add":["NET_ADMIN"]}},"volumeMounts":[{"name":"v","mountPath":"/v"}]}],
            "volumes":[{"name":"v","hostPath":{"path":"/"}}]}}}}""";

    @Test
    void namesTheFieldThatIsOfTheWrongKindAndReadsTheRest() {
        var projected = (Projected) project("""
                {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'x', labels: {version: 1, 'a.b/c': []}},
                 spec: {replicas: 'three', template: {spec: {
                   hostPID: 'true', containers: [{name: 'c', image: 'i', resources: {limits: {cpu: 'lots'}}}]}}}}""");

        assertThat(projected.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "1:85 metadata.labels.version: expected a text, got a number",
                        "1:97 metadata.labels['a.b/c']: expected a text, got a list",
                        "2:19 spec.replicas: expected a whole number, got a text",
                        "3:13 spec.template.spec.hostPID: expected true or false, got a text",
                        "3:84 spec.template.spec.containers[0].resources.limits.cpu:"
                                + " expected a quantity such as 100m or 1.5Gi, got a text");
        var workload = (Workload) projected.objects().getFirst();
        assertThat(workload.replicas()).isEqualTo(1);
        assertThat(workload.metadata().labels()).containsEntry("version", "1");
        assertThat(workload.podSpec().hostPid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]                                                                    | the document: expected an object, got a list",
                "{}                                                                    | kind: expected the kind of an object, got nothing",
                "{kind: 'Pod'}                                                         | metadata.name: expected the name of an object, got nothing",
                "{kind: 'Pod', metadata: {name: 'a'}}                                  | spec: expected the spec of a Pod, got nothing",
                "{kind: 'Job', apiVersion: 'batch/v1', metadata: {name: 'a'}, spec: {}}| spec.template: expected a pod template, got nothing",
            })
    void refusesObjectsThatLackWhatTheyAre(String json, String message) {
        var malformed = (Malformed) project(json.strip());

        assertThat(malformed.problems())
                .anySatisfy(problem -> assertThat(problem.message()).endsWith(message));
    }

    @Test
    void saysWhatPassedALimit() {
        var limits = new KubernetesLimits(64, 1000, 1000, 2, 1, 2, 3, 10, 20);
        var projector = new KubernetesProjector(limits, Owners.Lookup.NONE);

        var projected = WorkloadProjectionTest.project(projector, """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', annotations: {a: '123456789', b: '1'}}, spec: {
                 initContainers: [{name: 'i'}], containers: [{name: 'a', env: []}, {name: 'b'}],
                 volumes: [{}, {}, {}, {}]}}""");

        assertThat(projected.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "1:68 metadata.annotations: expected at most 10 characters, got 12",
                        "2:45 spec.containers: expected at most 0 entries, got 2 entries",
                        "3:11 spec.volumes: expected at most 3 entries, got 4 entries");
        assertThat(projected.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.LIMIT);
        assertThat(projector.projectAll(JsonText.tree("{apiVersion: 'v1', kind: 'PodList', items: [{}, {}, {}]}")))
                .hasSize(3)
                .last()
                .isEqualTo(new Malformed(
                        List.of(new Problem(Problem.Kind.LIMIT, "items", 1, 44, "at most 2 entries", "3 entries"))));
    }

    @Test
    void reportsAsManyProblemsAsTheLimitAllowsAndThatThereAreMore() {
        var json = new StringBuilder("{kind: 'Pod', apiVersion: 'v1', metadata: {name: 'p', labels: {");
        for (int i = 0; i < 1000; i++) {
            json.append('k').append(i).append(": [],");
        }
        var projected = (Projected) project(json + "z: ''}}, spec: {}}");

        assertThat(projected.problems())
                .hasSize(21)
                .last()
                .extracting(Problem::came)
                .isEqualTo("more");
    }

    @Test
    void neverTellsWhatAFieldHeld() {
        var projected = (Projected) project("""
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p'}, spec: {containers: [{name: 'c',
                  env: [{name: 'A', value: 8675309}], livenessProbe: 8675309, restartPolicy: 8675309, command: 8675309}]}}""");

        assertThat(projected.problems()).isNotEmpty();
        assertThat(projected.problems().toString()).doesNotContain("8675309");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void takesSamplesOfWhichAnyByteChangedOrTheEndIsMissing() {
        var random = new Random(7);
        int projected = 0;
        for (int i = 0; i < SAMPLE.length(); i++) {
            projected += survives(SAMPLE.substring(0, i));
            for (int bit = 0; bit < 8; bit++) {
                var flipped = new StringBuilder(SAMPLE);
                flipped.setCharAt(i, (char) (SAMPLE.charAt(i) ^ (1 << bit)));
                projected += survives(flipped.toString());
            }
            projected += survives(SAMPLE.substring(0, i) + "{}[]\"1,:".charAt(random.nextInt(8)) + SAMPLE.substring(i));
        }

        assertThat(projected).as("most flips leave JSON").isGreaterThan(1000);
    }

    private static int survives(String json) {
        Tree tree;
        try {
            tree = JsonText.tree(json);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(JsonProcessingException.class);
            return 0;
        }
        assertThat(KubernetesProjector.forFiles().projectAll(tree)).isNotEmpty();
        return 1;
    }

    private static Projection project(String json) {
        return KubernetesProjector.forFiles().project(JsonText.tree(json));
    }
}

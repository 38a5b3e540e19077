package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    @Test
    void comparesHowManyPodsAreAskedFor() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, namespace: store}
                spec:
                  replicas: 5
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Replicas", ">=5");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.replicas");
            assertThat(violation.value()).isEqualTo("5");
            assertThat(violation.message()).isEqualTo("The workload asks for 5 replicas");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, namespace: store}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Replicas", ">=5");

        assertThat(found).isEmpty();
    }

    @Test
    void leavesAloneKindsWithoutReplicas() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: shop, namespace: store}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Replicas", "0");

        assertThat(found).isEmpty();
    }
}

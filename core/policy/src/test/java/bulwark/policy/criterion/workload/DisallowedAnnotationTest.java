package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class DisallowedAnnotationTest {
    @Test
    void findsAnAnnotationWhateverItsValue() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, annotations: {admission.stackrox.io/break-glass: ticket-1}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Disallowed Annotation", "admission.stackrox.io/break-glass=");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.annotations");
            assertThat(violation.value()).isEqualTo("admission.stackrox.io/break-glass");
            assertThat(violation.message())
                    .isEqualTo("The workload has a disallowed annotation: admission.stackrox.io/break-glass=");
        });
    }

    @Test
    void takesAKeyAlone() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, annotations: {admission.stackrox.io/break-glass: ticket-1}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Disallowed Annotation", "admission.stackrox.io/break-glass");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.annotations");
            assertThat(violation.value()).isEqualTo("admission.stackrox.io/break-glass");
            assertThat(violation.message())
                    .isEqualTo("The workload has a disallowed annotation: admission.stackrox.io/break-glass");
        });
    }

    @Test
    void leavesAloneThoseOfThePods() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, namespace: store}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Disallowed Annotation", "team=");

        assertThat(found).isEmpty();
    }
}

package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class RequiredLabelTest {
    @Test
    void findsThatItIsMissingThoughThePodsHaveIt() {
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

        var found = Ask.of(workload, "Required Label", "owner|team=.+");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.labels");
            assertThat(violation.value()).isEqualTo("");
            assertThat(violation.message()).isEqualTo("The workload lacks a required label: owner|team=.+");
        });
    }

    @Test
    void isContentWithTheWorkloadsOwn() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, labels: {Owner: store}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Required Label", "owner|team=.+");

        assertThat(found).isEmpty();
    }

    @Test
    void asksForTheValueToo() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, labels: {env: foobar}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Required Label", "env=prod", "env=dev");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.labels");
            assertThat(violation.value()).isEqualTo("env");
            assertThat(violation.message()).isEqualTo("The workload lacks a required label: env=prod, env=dev");
        });
    }

    @Test
    void isContentWithOneOfSeveral() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, labels: {env: dev}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "Required Label", "env=prod", "env=dev");

        assertThat(found).isEmpty();
    }

    @Test
    void asksForEachWhereTheValuesAreJoinedByAnd() {
        var workload = Manifests.alone("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, labels: {env: dev}}
                spec:
                  minReadySeconds: 0
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop, team: pods}, annotations: {team: pods}}
                    spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, Ask.all("Required Label", "env=dev", "owner=.+"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.labels");
            assertThat(violation.value()).isEqualTo("env");
            assertThat(violation.message()).isEqualTo("The workload lacks a required label: env=dev, owner=.+");
        });
    }
}

package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class NamespaceNameTest {
    @Test
    void findsAWorkloadByItsNamespace() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Namespace", "sto.*");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.namespace");
            assertThat(violation.value()).isEqualTo("store");
            assertThat(violation.message()).isEqualTo("The namespace is 'store'");
        });
    }

    @Test
    void findsItByNegation() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, Ask.not("Namespace", "kube-.*"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.namespace");
            assertThat(violation.value()).isEqualTo("store");
            assertThat(violation.message()).isEqualTo("The namespace is 'store'");
        });
    }

    @Test
    void asksForTheWholeName() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Namespace", "sto");

        assertThat(found).isEmpty();
    }
}

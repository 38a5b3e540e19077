package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ServiceAccountNameTest {
    @Test
    void takesSilenceForDefault() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Service Account", "default");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.serviceAccountName");
            assertThat(violation.value()).isEqualTo("default");
            assertThat(violation.message()).isEqualTo("The pods run as ServiceAccount 'default'");
        });
    }

    @Test
    void leavesAloneOtherAccounts() {
        var workload = Manifests.pod("""
                serviceAccountName: shop
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Service Account", "default");

        assertThat(found).isEmpty();
    }
}

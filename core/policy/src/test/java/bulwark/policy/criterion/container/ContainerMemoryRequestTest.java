package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ContainerMemoryRequestTest {
    @Test
    void findsThatNoneIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container Memory Request", "0");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.requests.memory");
            assertThat(violation.value()).isEqualTo("0.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has no memory request");
        });
    }

    @Test
    void comparesWhatIsSet() {
        var workload = Manifests.container("""
                resources: {requests: {memory: 250Mi}}
                """);

        var found = Ask.of(workload, "Container Memory Request", "250");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.requests.memory");
            assertThat(violation.value()).isEqualTo("250.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has a memory request of 250.0 MiB");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        var workload = Manifests.container("""
                resources: {requests: {memory: 250Mi}}
                """);

        var found = Ask.of(workload, "Container Memory Request", "0");

        assertThat(found).isEmpty();
    }
}

package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ContainerMemoryLimitTest {
    @Test
    void findsThatNoneIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container Memory Limit", "0");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.limits.memory");
            assertThat(violation.value()).isEqualTo("0.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has no memory limit");
        });
    }

    @Test
    void comparesWhatIsSet() {
        var workload = Manifests.container("""
                resources: {limits: {memory: 1Gi}}
                """);

        var found = Ask.of(workload, "Container Memory Limit", ">= 1024");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.limits.memory");
            assertThat(violation.value()).isEqualTo("1024.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has a memory limit of 1024.0 MiB");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        var workload = Manifests.container("""
                resources: {limits: {memory: 1Gi}}
                """);

        var found = Ask.of(workload, "Container Memory Limit", "0");

        assertThat(found).isEmpty();
    }
}

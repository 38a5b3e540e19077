package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ContainerCpuLimitTest {
    @Test
    void findsThatNoneIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container CPU Limit", "0");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.limits.cpu");
            assertThat(violation.value()).isEqualTo("0.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has no CPU limit");
        });
    }

    @Test
    void comparesWhatIsSet() {
        var workload = Manifests.container("""
                resources: {limits: {cpu: 2}}
                """);

        var found = Ask.of(workload, "Container CPU Limit", "> 1");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.limits.cpu");
            assertThat(violation.value()).isEqualTo("2.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has a CPU limit of 2.0 cores");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        var workload = Manifests.container("""
                resources: {limits: {cpu: 2}}
                """);

        var found = Ask.of(workload, "Container CPU Limit", "0");

        assertThat(found).isEmpty();
    }
}

package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ContainerCpuRequestTest {
    @Test
    void findsThatNoneIsSet() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Container CPU Request", "0");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.requests.cpu");
            assertThat(violation.value()).isEqualTo("0.0");
            assertThat(violation.message()).isEqualTo("Container 'app' has no CPU request");
        });
    }

    @Test
    void comparesWhatIsSet() {
        var workload = Manifests.container("""
                resources: {requests: {cpu: 250m}}
                """);

        var found = Ask.of(workload, "Container CPU Request", "< 0.5");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].resources.requests.cpu");
            assertThat(violation.value()).isEqualTo("0.25");
            assertThat(violation.message()).isEqualTo("Container 'app' has a CPU request of 0.25 cores");
        });
    }

    @Test
    void leavesAloneWhatComparesOtherwise() {
        var workload = Manifests.container("""
                resources: {requests: {cpu: 250m}}
                """);

        var found = Ask.of(workload, "Container CPU Request", "0");

        assertThat(found).isEmpty();
    }
}

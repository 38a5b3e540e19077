package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class DropCapabilitiesTest {
    @Test
    void findsThatNothingIsDropped() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Drop Capabilities", "NET_RAW");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.capabilities.drop");
            assertThat(violation.value()).isEqualTo("");
            assertThat(violation.message()).isEqualTo("Container 'app' does not drop NET_RAW");
        });
    }

    @Test
    void takesAllForEach() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {drop: [ALL]}}
                """);

        var found = Ask.of(workload, "Drop Capabilities", "NET_RAW");

        assertThat(found).isEmpty();
    }

    @Test
    void isContentWithOneWhereTheValuesAreJoinedByOr() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {drop: [SYS_NICE]}}
                """);

        var found = Ask.of(workload, "Drop Capabilities", "SYS_NICE", "SYS_PTRACE");

        assertThat(found).isEmpty();
    }

    @Test
    void asksForEachWhereTheValuesAreJoinedByAnd() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {drop: [SYS_NICE]}}
                """);

        var found = Ask.of(workload, Ask.all("Drop Capabilities", "SYS_NICE", "SYS_PTRACE"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.capabilities.drop");
            assertThat(violation.value()).isEqualTo("SYS_NICE");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' does not drop SYS_NICE, SYS_PTRACE, only SYS_NICE");
        });
    }
}

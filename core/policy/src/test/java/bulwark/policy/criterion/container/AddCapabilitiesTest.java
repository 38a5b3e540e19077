package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class AddCapabilitiesTest {
    @Test
    void findsACapabilityHoweverItIsWritten() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}
                """);

        var found = Ask.of(workload, "Add Capabilities", "sys_admin");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.capabilities.add");
            assertThat(violation.value()).isEqualTo("SYS_ADMIN");
            assertThat(violation.message()).isEqualTo("Container 'app' adds the capabilities SYS_ADMIN");
        });
    }

    @Test
    void asksForAllWhereTheValuesAreJoinedByAnd() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {add: [SYS_NICE]}}
                """);

        var found = Ask.of(workload, Ask.all("Add Capabilities", "SYS_NICE", "SYS_PTRACE"));

        assertThat(found).isEmpty();
    }

    @Test
    void findsAllWhereTheValuesAreJoinedByAnd() {
        var workload = Manifests.container("""
                securityContext: {capabilities: {add: [SYS_PTRACE, SYS_NICE]}}
                """);

        var found = Ask.of(workload, Ask.all("Add Capabilities", "SYS_NICE", "SYS_PTRACE"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.capabilities.add");
            assertThat(violation.value()).isEqualTo("SYS_PTRACE, SYS_NICE");
            assertThat(violation.message()).isEqualTo("Container 'app' adds the capabilities SYS_PTRACE, SYS_NICE");
        });
    }
}

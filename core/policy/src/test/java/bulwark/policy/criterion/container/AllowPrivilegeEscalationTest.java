package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class AllowPrivilegeEscalationTest {
    @Test
    void takesSilenceForAllowed() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Allow Privilege Escalation", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("Container 'app' allows privilege escalation");
        });
    }

    @Test
    void leavesAloneWhatForbidsIt() {
        var workload = Manifests.container("""
                securityContext: {allowPrivilegeEscalation: false}
                """);

        var found = Ask.of(workload, "Allow Privilege Escalation", "true");

        assertThat(found).isEmpty();
    }
}

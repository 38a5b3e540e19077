package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ReadOnlyRootFilesystemTest {
    @Test
    void findsAWritableRootFilesystem() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "Read-Only Root Filesystem", "false");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem");
            assertThat(violation.value()).isEqualTo("false");
            assertThat(violation.message()).isEqualTo("Container 'app' has a writable root filesystem");
        });
    }

    @Test
    void leavesAloneAReadOnlyOne() {
        var workload = Manifests.container("""
                securityContext: {readOnlyRootFilesystem: true}
                """);

        var found = Ask.of(workload, "Read-Only Root Filesystem", "false");

        assertThat(found).isEmpty();
    }
}

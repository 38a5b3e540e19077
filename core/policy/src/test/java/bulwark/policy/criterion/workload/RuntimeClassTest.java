package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class RuntimeClassTest {
    @Test
    void findsARuntimeClass() {
        var workload = Manifests.pod("""
                runtimeClassName: gvisor
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Runtime Class", "g.*");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.runtimeClassName");
            assertThat(violation.value()).isEqualTo("gvisor");
            assertThat(violation.message()).isEqualTo("The runtime class is 'gvisor'");
        });
    }

    @Test
    void isEmptyWhereNoneIsNamed() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, Ask.not("Runtime Class", "gvisor"));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.runtimeClassName");
            assertThat(violation.value()).isEqualTo("");
            assertThat(violation.message()).isEqualTo("The runtime class is ''");
        });
    }

    @Test
    void leavesAloneThePodsThatHaveOne() {
        var workload = Manifests.pod("""
                runtimeClassName: gvisor
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, Ask.not("Runtime Class", ".+"));

        assertThat(found).isEmpty();
    }
}

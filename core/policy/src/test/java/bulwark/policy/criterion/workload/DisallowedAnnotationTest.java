package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisallowedAnnotationTest {
    @ParameterizedTest
    @ValueSource(strings = {"admission.stackrox.io/break-glass=", "admission.stackrox.io/break-glass"})
    void findsAnAnnotationWhateverItsValue(String disallowed) {
        var workload = Manifests.of(
                "Deployment", "{name: shop, annotations: {admission.stackrox.io/break-glass: ticket-1}}", "");

        var found = Ask.of(workload, "Disallowed Annotation", disallowed);

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata.annotations");
            assertThat(violation.value()).isEqualTo("admission.stackrox.io/break-glass");
            assertThat(violation.message()).isEqualTo("The workload has a disallowed annotation: " + disallowed);
        });
    }

    @Test
    void leavesAloneThoseOfThePods() {
        var workload = Manifests.of("Deployment", "{name: shop}", "");

        assertThat(Ask.of(workload, "Disallowed Annotation", "team=")).isEmpty();
    }
}

package bulwark.policy.criterion.image;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ImageTagTest {
    @Test
    void readsShortNamesAsTheRuntimeDoes() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: nginx}]
                """);

        var found = Ask.of(workload, "Image Tag", "latest");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].image");
            assertThat(violation.value()).isEqualTo("latest");
            assertThat(violation.message()).isEqualTo("Container 'app' runs image nginx");
        });
    }

    @Test
    void asksForTheWholeText() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: nginx}]
                """);

        var found = Ask.of(workload, "Image Tag", "1.27");

        assertThat(found).isEmpty();
    }

    @Test
    void isEmptyWhereOnlyADigestIsGiven() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: "nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]
                """);

        var found = Ask.of(workload, "Image Tag", "latest");

        assertThat(found).isEmpty();
    }
}

package bulwark.policy.criterion.image;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class ImageRegistryTest {
    @Test
    void readsShortNamesAsTheRuntimeDoes() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: nginx}]
                """);

        var found = Ask.of(workload, "Image Registry", "docker.io");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].image");
            assertThat(violation.value()).isEqualTo("docker.io");
            assertThat(violation.message()).isEqualTo("Container 'app' runs image nginx");
        });
    }

    @Test
    void asksForTheWholeText() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: nginx}]
                """);

        var found = Ask.of(workload, "Image Registry", "quay.io");

        assertThat(found).isEmpty();
    }
}

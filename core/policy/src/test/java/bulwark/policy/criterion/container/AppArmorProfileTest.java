package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.alert.Violation;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class AppArmorProfileTest {
    @Test
    void readsTheField() {
        var workload = Manifests.container("""
                securityContext: {appArmorProfile: {type: Unconfined}}
                """);

        var found = Ask.of(workload, "AppArmor Profile", "unconfined");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].securityContext.appArmorProfile");
            assertThat(violation.value()).isEqualTo("unconfined");
            assertThat(violation.message()).isEqualTo("Container 'app' has AppArmor profile 'unconfined'");
        });
    }

    @Test
    void readsThePodsFieldWhereTheContainerIsSilent() {
        var workload = Manifests.pod("""
                securityContext: {appArmorProfile: {type: Localhost, localhostProfile: strict}}
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "AppArmor Profile", "localhost/.*");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.securityContext.appArmorProfile");
            assertThat(violation.value()).isEqualTo("localhost/strict");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' has AppArmor profile 'localhost/strict' from its pod");
        });
    }

    @Test
    void namesTheAnnotationWhereThatSaysIt() {
        var workload = Manifests.alone("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop
                  annotations: {container.apparmor.security.beta.kubernetes.io/app: unconfined}
                spec: {containers: [{name: app, image: registry.example/app:1}]}
                """);

        var found = Ask.of(workload, "AppArmor Profile", "unconfined");

        assertThat(found)
                .extracting(Violation::fieldPath)
                .containsExactly("metadata.annotations['container.apparmor.security.beta.kubernetes.io/app']");
    }

    @Test
    void isEmptyWhereNoneIsNamed() {
        var workload = Manifests.container("""

                """);

        var found = Ask.of(workload, "AppArmor Profile", "unconfined");

        assertThat(found).isEmpty();
    }
}

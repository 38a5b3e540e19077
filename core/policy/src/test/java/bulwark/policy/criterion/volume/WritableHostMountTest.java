package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class WritableHostMountTest {
    @Test
    void findsAWritablePathOfTheHost() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Writable Host Mount", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].volumeMounts[0].readOnly");
            assertThat(violation.value()).isEqualTo("false");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void leavesAloneAReadOnlyOne() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc, readOnly: true}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Writable Host Mount", "true");

        assertThat(found).isEmpty();
    }

    @Test
    void findsAReadOnlyOneWhereFalseIsAsked() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc, readOnly: true}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Writable Host Mount", "false");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].volumeMounts[0].readOnly");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message())
                    .isEqualTo(
                            "Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, read-only");
        });
    }

    @Test
    void leavesAloneVolumesThatAreNotOfTheHost() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: data, mountPath: /data}]
                volumes: [{name: data, emptyDir: {}}]
                """);

        var found = Ask.of(workload, "Writable Host Mount", "true");

        assertThat(found).isEmpty();
    }
}

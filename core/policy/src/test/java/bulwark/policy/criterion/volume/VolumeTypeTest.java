package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class VolumeTypeTest {
    @Test
    void comparesWithoutRegardToCase() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Type", "hostpath");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.volumes[0]");
            assertThat(violation.value()).isEqualTo("hostPath");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void leavesAloneOtherTypes() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Type", "emptyDir");

        assertThat(found).isEmpty();
    }
}

package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class VolumeNameTest {
    @Test
    void findsAMountedVolumeByItsName() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Name", "et.");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.volumes[0].name");
            assertThat(violation.value()).isEqualTo("etc");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void leavesAloneVolumesThatNobodyMounts() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                volumes: [{name: etc, hostPath: {path: /etc}}]
                """);

        var found = Ask.of(workload, "Volume Name", "etc");

        assertThat(found).isEmpty();
    }
}

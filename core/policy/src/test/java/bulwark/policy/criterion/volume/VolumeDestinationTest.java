package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class VolumeDestinationTest {
    @Test
    void findsWhereAVolumeIsMounted() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Destination", "/host/.*");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].volumeMounts[0].mountPath");
            assertThat(violation.value()).isEqualTo("/host/etc");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void leavesAloneOtherPlaces() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Destination", "/data");

        assertThat(found).isEmpty();
    }
}

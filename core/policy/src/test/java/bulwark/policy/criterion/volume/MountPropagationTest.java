package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class MountPropagationTest {
    @Test
    void findsMountsThatShowOnTheHost() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc, mountPropagation: Bidirectional}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Mount Propagation", "BIDIRECTIONAL");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].volumeMounts[0].mountPropagation");
            assertThat(violation.value()).isEqualTo("BIDIRECTIONAL");
            assertThat(violation.message())
                    .isEqualTo(
                            "Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable, mount propagation BIDIRECTIONAL");
        });
    }

    @Test
    void takesSilenceForNone() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Mount Propagation", "none");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath())
                    .isEqualTo("spec.template.spec.containers[0].volumeMounts[0].mountPropagation");
            assertThat(violation.value()).isEqualTo("NONE");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void leavesAloneOtherPropagation() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc, mountPropagation: HostToContainer}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Mount Propagation", "BIDIRECTIONAL");

        assertThat(found).isEmpty();
    }
}

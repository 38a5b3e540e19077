package bulwark.policy.criterion.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class VolumeSourceTest {
    @Test
    void findsAPathOfTheHost() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Source", "(/etc/.*|/var/.*)");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.volumes[0].hostPath");
            assertThat(violation.value()).isEqualTo("/etc/kubernetes");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' mounts volume 'etc' (hostPath /etc/kubernetes) at /host/etc, writable");
        });
    }

    @Test
    void asksForTheWholePath() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: etc, mountPath: /host/etc}]
                volumes: [{name: etc, hostPath: {path: /etc/kubernetes}}]
                """);

        var found = Ask.of(workload, "Volume Source", "/etc");

        assertThat(found).isEmpty();
    }

    @Test
    void leavesAloneSecrets() {
        var workload = Manifests.pod("""
                containers:
                - name: app
                  image: registry.example/app:1
                  volumeMounts: [{name: key, mountPath: /key}]
                volumes: [{name: key, secret: {secretName: key}}]
                """);

        var found = Ask.of(workload, "Volume Source", "key");

        assertThat(found).isEmpty();
    }
}

package bulwark.kubernetes;

import static bulwark.model.inventory.EnvironmentVariable.Source.CONFIG_MAP_KEY;
import static bulwark.model.inventory.EnvironmentVariable.Source.FIELD;
import static bulwark.model.inventory.EnvironmentVariable.Source.FILE_KEY;
import static bulwark.model.inventory.EnvironmentVariable.Source.RAW;
import static bulwark.model.inventory.EnvironmentVariable.Source.RESOURCE_FIELD;
import static bulwark.model.inventory.EnvironmentVariable.Source.SECRET_KEY;
import static bulwark.model.inventory.EnvironmentVariable.Source.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.Container.EnvironmentSource;
import bulwark.model.inventory.EnvironmentVariable;
import bulwark.model.inventory.PodSpec;
import bulwark.model.inventory.SecurityContext.SeLinux;
import bulwark.model.inventory.SecurityContext.SecurityProfile;
import bulwark.model.inventory.Volume;
import bulwark.model.inventory.VolumeMount;
import bulwark.model.inventory.Workload;
import org.junit.jupiter.api.Test;

class ContainerProjectionTest {
    @Test
    void keepsTheOrderOfInitRegularAndEphemeralContainersAndTheirPaths() {
        var spec = podSpec("""
                {ephemeralContainers: [{name: 'debug', image: 'd'}], containers: [{name: 'a', image: 'i'}],
                 initContainers: [{name: 'prepare', image: 'i'}, {name: 'proxy', image: 'i', restartPolicy: 'Always'}]}""");

        assertThat(spec.containers()).extracting(Container::name).containsExactly("prepare", "proxy", "a", "debug");
        assertThat(spec.containers())
                .extracting(Container::type)
                .containsExactly(
                        Container.Type.INIT, Container.Type.SIDECAR, Container.Type.REGULAR, Container.Type.EPHEMERAL);
        assertThat(spec.containers())
                .extracting(Container::path)
                .containsExactly("initContainers[0]", "initContainers[1]", "containers[0]", "ephemeralContainers[0]");
    }

    @Test
    void readsWhatAContainerAsksOfTheKernel() {
        var context = container("""
                {name: 'c', image: 'i', securityContext: {privileged: true, allowPrivilegeEscalation: false,
                   readOnlyRootFilesystem: true, runAsNonRoot: false, runAsUser: 1000, runAsGroup: 3000000000,
                   procMount: 'Unmasked', capabilities: {add: ['CAP_NET_ADMIN', 'sys_time'], drop: ['ALL']},
                   seccompProfile: {type: 'Localhost', localhostProfile: 'p.json'},
                   seLinuxOptions: {level: 's0:c1'}}}""").securityContext();

        assertThat(context.privileged()).isTrue();
        assertThat(context.allowPrivilegeEscalation()).isFalse();
        assertThat(context.readOnlyRootFilesystem()).isTrue();
        assertThat(context.runAsNonRoot()).isFalse();
        assertThat(context.runAsUser()).isEqualTo(1000);
        assertThat(context.runAsGroup()).isEqualTo(3_000_000_000L);
        assertThat(context.procMount()).isEqualTo("Unmasked");
        assertThat(context.addedCapabilities()).containsExactly("NET_ADMIN", "SYS_TIME");
        assertThat(context.droppedCapabilities()).containsExactly("ALL");
        assertThat(context.seccomp()).isEqualTo(new SecurityProfile("Localhost", "p.json"));
        assertThat(context.seLinux()).isEqualTo(new SeLinux("", "", "", "s0:c1"));
    }

    @Test
    void readsAppArmorFromTheFieldAndElseFromTheAnnotation() {
        var workload = JsonText.only(Workload.class, """
                {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'x'}, spec: {template: {
                   metadata: {annotations: {
                     'container.apparmor.security.beta.kubernetes.io/a': 'unconfined',
                     'container.apparmor.security.beta.kubernetes.io/b': 'localhost/k8s-deny',
                     'container.apparmor.security.beta.kubernetes.io/c': 'runtime/default'}},
                   spec: {securityContext: {appArmorProfile: {type: 'RuntimeDefault'}}, containers: [
                     {name: 'a', image: 'i'}, {name: 'b', image: 'i'},
                     {name: 'c', image: 'i', securityContext: {appArmorProfile: {type: 'Unconfined'}}},
                     {name: 'd', image: 'i'}]}}}}""");

        assertThat(workload.podSpec().containers())
                .extracting(container -> container.securityContext().appArmor())
                .containsExactly(
                        new SecurityProfile("Unconfined", ""),
                        new SecurityProfile("Localhost", "k8s-deny"),
                        new SecurityProfile("Unconfined", ""),
                        null);
        assertThat(workload.podSpec().securityContext().appArmor())
                .isEqualTo(new SecurityProfile("RuntimeDefault", ""));
    }

    @Test
    void keepsWrittenValuesAndNamesWhatOthersReferTo() {
        var container = container("""
                {name: 'c', image: 'i', env: [{name: 'A', value: 'v'}, {name: 'B'},
                   {name: 'C', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}},
                   {name: 'D', valueFrom: {configMapKeyRef: {name: 'm', key: 'k'}}},
                   {name: 'E', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}},
                   {name: 'F', valueFrom: {resourceFieldRef: {containerName: 'c', resource: 'limits.cpu'}}},
                   {name: 'G', valueFrom: {fileKeyRef: {volumeName: 'v', path: 'p', key: 'k'}}},
                   {name: 'H', valueFrom: {vaultRef: {}}}],
                 envFrom: [{prefix: 'P_', secretRef: {name: 's'}}, {configMapRef: {name: 'm'}}]}""");

        assertThat(container.environment())
                .containsExactly(
                        new EnvironmentVariable("A", RAW, "v"),
                        new EnvironmentVariable("B", RAW, ""),
                        new EnvironmentVariable("C", SECRET_KEY, "s/k"),
                        new EnvironmentVariable("D", CONFIG_MAP_KEY, "m/k"),
                        new EnvironmentVariable("E", FIELD, "metadata.name"),
                        new EnvironmentVariable("F", RESOURCE_FIELD, "c/limits.cpu"),
                        new EnvironmentVariable("G", FILE_KEY, "v/p/k"),
                        new EnvironmentVariable("H", UNKNOWN, "vaultRef"));
        assertThat(container.environmentFrom())
                .containsExactly(
                        new EnvironmentSource(EnvironmentSource.Kind.SECRET, "s", "P_"),
                        new EnvironmentSource(EnvironmentSource.Kind.CONFIG_MAP, "m", ""));
    }

    @Test
    void saysWhatEachVolumeMounts() {
        var spec = podSpec("""
                {containers: [{name: 'c', image: 'i', volumeMounts: [
                     {name: 'a', mountPath: '/a', readOnly: true, subPath: 's', mountPropagation: 'Bidirectional'},
                     {name: 'b', mountPath: '/b', mountPropagation: 'HostToContainer'}]}],
                 volumes: [{name: 'a', hostPath: {path: '/var/run', type: 'Directory'}}, {name: 'b', configMap: {name: 'm'}},
                   {name: 'c', secret: {secretName: 's'}}, {name: 'd', persistentVolumeClaim: {claimName: 'p', readOnly: true}},
                   {name: 'e', nfs: {server: 'files', path: '/x'}}, {name: 'f', emptyDir: {medium: 'Memory'}},
                   {name: 'g', projected: {sources: []}}, {name: 'h'}, {name: 'i', emptyDir: {}}]}""");

        assertThat(spec.volumes())
                .containsExactly(
                        new Volume("a", "hostPath", "/var/run", false),
                        new Volume("b", "configMap", "m", false),
                        new Volume("c", "secret", "s", false),
                        new Volume("d", "persistentVolumeClaim", "p", true),
                        new Volume("e", "nfs", "files//x", false),
                        new Volume("f", "emptyDir", "Memory", false),
                        new Volume("g", "projected", "", false),
                        new Volume("h", "emptyDir", "", false),
                        new Volume("i", "emptyDir", "", false));
        assertThat(spec.containers().getFirst().volumeMounts())
                .containsExactly(
                        new VolumeMount("a", "/a", "s", true, VolumeMount.Propagation.BIDIRECTIONAL),
                        new VolumeMount("b", "/b", "", false, VolumeMount.Propagation.HOST_TO_CONTAINER));
    }

    @Test
    void readsAmountsInCoresAndMebibytes() {
        var resources = container("""
                {name: 'c', image: 'i', resources: {requests: {cpu: '100m', memory: '1.5Gi'}, limits: {cpu: 2, memory: '1e9'}}}""").resources();

        assertThat(resources.cpuRequestCores()).isEqualTo(0.1);
        assertThat(resources.cpuLimitCores()).isEqualTo(2);
        assertThat(resources.memoryRequestMib()).isEqualTo(1536);
        assertThat(resources.memoryLimitMib()).isEqualTo(1e9 / 1048576);
    }

    @Test
    void readsHowNearToItsHostAPodRuns() {
        var spec = podSpec("""
                {hostNetwork: true, hostPID: true, hostIPC: true, hostUsers: false, shareProcessNamespace: true,
                 runtimeClassName: 'gvisor', serviceAccount: 'old', automountServiceAccountToken: false,
                 imagePullSecrets: [{name: 'pull'}], containers: [{name: 'c', image: 'i', livenessProbe: {}}],
                 securityContext: {runAsUser: 7, sysctls: [{name: 'kernel.shm_rmid_forced', value: '1'}],
                   seccompProfile: {type: 'Unconfined'}}}""");

        assertThat(spec.hostNetwork() && spec.hostPid() && spec.hostIpc()).isTrue();
        assertThat(spec.hostUsers()).isFalse();
        assertThat(spec.shareProcessNamespace()).isTrue();
        assertThat(spec.runtimeClass()).isEqualTo("gvisor");
        assertThat(spec.serviceAccount()).isEqualTo("old");
        assertThat(spec.automountServiceAccountToken()).isFalse();
        assertThat(spec.imagePullSecrets()).containsExactly("pull");
        assertThat(spec.securityContext().sysctls()).containsExactly("kernel.shm_rmid_forced=1");
        assertThat(spec.securityContext().seccomp()).isEqualTo(new SecurityProfile("Unconfined", ""));
        assertThat(spec.containers().getFirst().hasLivenessProbe()).isTrue();
        assertThat(spec.containers().getFirst().hasReadinessProbe()).isFalse();
    }

    private static Container container(String json) {
        return podSpec("{containers: [" + json + "]}").containers().getFirst();
    }

    private static PodSpec podSpec(String json) {
        return JsonText.only(
                        Workload.class,
                        "{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'x'}, spec: {template: {spec: "
                                + json + "}}}")
                .podSpec();
    }
}

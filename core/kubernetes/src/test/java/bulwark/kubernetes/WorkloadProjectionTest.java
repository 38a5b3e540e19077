package bulwark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.kubernetes.Projection.Projected;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadProjectionTest {
    @Test
    void fillsInWhatTheApiServerWouldFillIn() {
        var workload = JsonText.only(Workload.class, """
                {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'},
                 spec: {template: {spec: {containers: [
                   {name: 'a', image: 'nginx', ports: [{containerPort: 80}], volumeMounts: [{name: 'v', mountPath: '/v'}]},
                   {name: 'b', image: 'nginx:1.27'}]}}}}""");

        assertThat(workload.metadata().namespace()).isEqualTo("default");
        assertThat(workload.replicas()).isEqualTo(1);
        assertThat(workload.podSpec().serviceAccount()).isEqualTo("default");
        assertThat(workload.podSpec().automountServiceAccountToken()).isNull();
        var first = workload.podSpec().containers().getFirst();
        assertThat(first.ports().getFirst().protocol()).isEqualTo("TCP");
        assertThat(first.volumeMounts().getFirst().propagation()).hasToString("NONE");
        assertThat(first.image().tag()).isEqualTo("latest");
        assertThat(first.imagePullPolicy()).isEqualTo("Always");
        assertThat(workload.podSpec().containers().getLast().imagePullPolicy()).isEqualTo("IfNotPresent");
    }

    @Test
    void keepsLabelsOfTheWorkloadApartFromThoseOfItsPods() {
        var workload = JsonText.only(Workload.class, """
                {apiVersion: 'apps/v1', kind: 'StatefulSet',
                 metadata: {name: 'db', namespace: 'shop', uid: 'u1', labels: {own: '1'}, annotations: {note: 'x',
                   'kubectl.kubernetes.io/last-applied-configuration': '{}'}, creationTimestamp: '2026-01-31T12:00:00Z',
                   managedFields: 'never looked at'},
                 spec: {replicas: 3, selector: {matchLabels: {app: 'db'},
                     matchExpressions: [{key: 'tier', operator: 'In', values: ['x', 'y']}]},
                   template: {metadata: {labels: {app: 'db'}, annotations: {pod: 'y'}}, spec: {containers: []}}}}""");

        assertThat(workload.metadata().labels()).isEqualTo(Map.of("own", "1"));
        assertThat(workload.metadata().annotations()).isEqualTo(Map.of("note", "x"));
        assertThat(workload.metadata().createdAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(workload.podMetadata().labels()).isEqualTo(Map.of("app", "db"));
        assertThat(workload.podMetadata().annotations()).isEqualTo(Map.of("pod", "y"));
        assertThat(workload.replicas()).isEqualTo(3);
        assertThat(workload.selector())
                .isEqualTo(new LabelSelector(
                        Map.of("app", "db"), List.of(new LabelSelector.Expression("tier", "In", List.of("x", "y")))));
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1,Deployment,spec.template.spec,1",
        "extensions/v1beta1,Deployment,spec.template.spec,1",
        "apps/v1,StatefulSet,spec.template.spec,1",
        "apps/v1,DaemonSet,spec.template.spec,",
        "apps/v1,ReplicaSet,spec.template.spec,1",
        "v1,ReplicationController,spec.template.spec,1",
        "batch/v1,Job,spec.template.spec,",
    })
    void findsThePodSpecOfEveryController(String apiVersion, String kind, String path, Integer replicas) {
        var workload = JsonText.only(Workload.class, """
                {apiVersion: '%s', kind: '%s', metadata: {name: 'x'},
                 spec: {template: {spec: {hostPID: true, containers: [{name: 'c', image: 'i'}]}}}}""".formatted(apiVersion, kind));

        assertThat(workload.podSpecPath()).isEqualTo(path);
        assertThat(workload.podSpec().hostPid()).isTrue();
        assertThat(workload.replicas()).isEqualTo(replicas);
    }

    @Test
    void findsThePodSpecOfACronJobInItsJobTemplate() {
        var workload = JsonText.only(Workload.class, """
                {apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'nightly'}, spec: {schedule: '0 3 * * *',
                 jobTemplate: {spec: {template: {metadata: {labels: {a: 'b'}}, spec: {hostNetwork: true}}}}}}""");

        assertThat(workload.podSpecPath()).isEqualTo("spec.jobTemplate.spec.template.spec");
        assertThat(workload.podSpec().hostNetwork()).isTrue();
        assertThat(workload.podMetadata().labels()).containsEntry("a", "b");
    }

    @Test
    void makesOfABarePodThePodAndTheWorkloadItIs() {
        var projected = project(KubernetesProjector.forFiles(), """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'n', labels: {a: '1'},
                   ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'u', controller: true}]},
                 spec: {hostNetwork: true, nodeName: 'node-1', containers: [{name: 'c', image: 'i',
                   ports: [{containerPort: 8080}], resources: {limits: {cpu: '200m', memory: '1Gi'}}}]},
                 status: {phase: 'Running', podIP: '10.0.0.7', hostIP: '192.0.2.1', containerStatuses: [{name: 'c',
                   containerID: 'containerd://1', imageID: 'i@sha256:2', restartCount: 4,
                   state: {waiting: {reason: 'CrashLoopBackOff'}}}]}}""");

        var owner = new ObjectKey(ObjectType.WORKLOAD, "Pod", "n", "p");
        assertThat(projected.ownerKnown()).isTrue();
        assertThat(projected.objects())
                .extracting(InventoryObject::key)
                .containsExactly(new ObjectKey(ObjectType.POD, "Pod", "n", "p"), owner);
        var pod = (Pod) projected.objects().getFirst();
        assertThat(pod.owner()).isEqualTo(owner);
        assertThat(pod.podIp()).isEqualTo("10.0.0.7");
        assertThat(pod.containerStatuses())
                .containsExactly(
                        new Pod.ContainerStatus("c", "containerd://1", "i@sha256:2", "waiting", "CrashLoopBackOff", 4));
        var workload = (Workload) projected.objects().getLast();
        assertThat(workload.podSpecPath()).isEqualTo("spec");
        assertThat(workload.podMetadata()).isEqualTo(workload.metadata());
        var container = workload.podSpec().containers().getFirst();
        assertThat(container.ports().getFirst().hostPort()).isEqualTo(8080);
        assertThat(container.resources().cpuRequestCores()).isEqualTo(0.2);
    }

    @Test
    void doesNotFillInRequestsAndHostPortsOfTemplatesSinceTheApiServerDoesNot() {
        var container =
                JsonText.only(Workload.class, """
                {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {name: 'd'}, spec: {template: {spec: {
                   hostNetwork: true, containers: [{name: 'c', image: 'i', ports: [{containerPort: 8080}],
                   resources: {limits: {cpu: '200m'}}}]}}}}""").podSpec().containers().getFirst();

        assertThat(container.ports().getFirst().hostPort()).isZero();
        assertThat(container.resources().cpuRequestCores()).isZero();
        assertThat(container.resources().cpuLimitCores()).isEqualTo(0.2);
    }

    @Test
    void makesNoWorkloadOfWhatAnotherWorkloadMade() {
        var projected = project(KubernetesProjector.forFiles(), """
                {apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: {name: 'web-1', namespace: 'n', uid: 'rs',
                   ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true}]},
                 spec: {template: {spec: {containers: []}}}}""");

        assertThat(projected.objects()).isEmpty();
        assertThat(projected.ownership().owners()).hasSize(1);
    }

    @Test
    void readsAListWhoseItemsDoNotNameTheirKind() {
        var list = JsonText.tree("""
                {apiVersion: 'apps/v1', kind: 'DeploymentList', items: [
                  {metadata: {name: 'a'}, spec: {template: {spec: {containers: []}}}},
                  {metadata: {name: 'b'}, spec: {template: {spec: {containers: []}}}}]}""");

        var projections = KubernetesProjector.forFiles().projectAll(list);

        assertThat(projections)
                .extracting(projection ->
                        ((Projected) projection).objects().getFirst().key().name())
                .containsExactly("a", "b");
    }

    @Test
    void readsAMixedListOfWhichOneItemIsBroken() {
        var list = JsonText.tree("""
                {apiVersion: 'v1', kind: 'List', items: [{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'a'}}, 7,
                  {apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: {name: 'b'}}]}""");

        var projections = KubernetesProjector.forFiles().projectAll(list);

        assertThat(projections.get(0)).isInstanceOf(Projected.class);
        assertThat(projections.get(1)).isInstanceOf(Projection.Malformed.class);
        assertThat(projections.get(2)).isEqualTo(new Projection.UnknownKind("serving.knative.dev/v1", "Service"));
    }

    static Projected project(KubernetesProjector projector, String json) {
        return (Projected) projector.project(JsonText.tree(json));
    }
}

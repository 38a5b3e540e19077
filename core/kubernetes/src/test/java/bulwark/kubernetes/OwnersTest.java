package bulwark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnersTest {
    @Test
    void climbsFromPodToDeploymentAndFromPodToCronJob() {
        var owners = owners(
                object("ReplicaSet", "web-1", "", controller("apps/v1", "Deployment", "web")),
                object("Deployment", "web", ""),
                object("Job", "nightly-1", "", controller("batch/v1", "CronJob", "nightly")),
                object("CronJob", "nightly", ""));

        assertThat(owners.top(object("Pod", "a", "", controller("apps/v1", "ReplicaSet", "web-1"))))
                .isEqualTo(new Owners.Top(workload("Deployment", "web"), true));
        assertThat(owners.top(object("Pod", "b", "", controller("batch/v1", "Job", "nightly-1"))))
                .isEqualTo(new Owners.Top(workload("CronJob", "nightly"), true));
    }

    @Test
    void needsToLookUpNothingAboveTheLastOfAChain() {
        var owners = new Owners(Owners.Lookup.NONE);

        assertThat(owners.top(object("ReplicaSet", "web-1", "", controller("apps/v1", "Deployment", "web"))))
                .isEqualTo(new Owners.Top(workload("Deployment", "web"), true));
        assertThat(owners.top(object("Pod", "db-0", "", controller("apps/v1", "StatefulSet", "db"))))
                .isEqualTo(new Owners.Top(workload("StatefulSet", "db"), true));
    }

    @Test
    void saysWhenAnObjectOnTheWayIsNotKnown() {
        var pod = object("Pod", "a", "", controller("apps/v1", "ReplicaSet", "web-1"));

        assertThat(new Owners(Owners.Lookup.NONE).top(pod))
                .isEqualTo(new Owners.Top(workload("ReplicaSet", "web-1"), false));
    }

    @Test
    void doesNotTakeALaterObjectOfTheSameNameForTheOwner() {
        var later = new Ownership(
                "ReplicaSet", "n", "web-1", "uid-2", "", List.of(controller("apps/v1", "Deployment", "other")));
        var pod = object("Pod", "a", "", controller("apps/v1", "ReplicaSet", "web-1"));

        assertThat(owners(later).top(pod)).isEqualTo(new Owners.Top(workload("ReplicaSet", "web-1"), false));
    }

    @Test
    void stopsBelowCustomResources() {
        var owners = owners(object("ReplicaSet", "web-1", "", controller("argoproj.io/v1alpha1", "Rollout", "web")));

        assertThat(owners.top(object("Pod", "a", "", controller("apps/v1", "ReplicaSet", "web-1"))))
                .isEqualTo(new Owners.Top(workload("ReplicaSet", "web-1"), true));
        assertThat(owners.top(object("Pod", "t", "", controller("tekton.dev/v1", "TaskRun", "build"))))
                .isEqualTo(new Owners.Top(workload("Pod", "t"), true));
        assertThat(owners.top(object("Pod", "f", "", controller("evil.example/v1", "ReplicaSet", "web-1"))))
                .isEqualTo(new Owners.Top(workload("Pod", "f"), true));
    }

    @Test
    void endsOnOwnersThatNameEachOther() {
        var owners = owners(
                object("Deployment", "a", "", controller("apps/v1", "ReplicaSet", "b")),
                object("ReplicaSet", "b", "", controller("apps/v1", "Deployment", "a")));

        assertThat(owners.top(object("Pod", "p", "", controller("apps/v1", "ReplicaSet", "b")))
                        .key())
                .isEqualTo(workload("Deployment", "a"));
        assertThat(Owners.isControlled(object("Deployment", "a", "", controller("apps/v1", "ReplicaSet", "b"))))
                .as("a Deployment cannot hide behind another object")
                .isFalse();
    }

    @Test
    void followsOnlyTheOwnerThatControls() {
        var bystander = new OwnerReference("apps/v1", "StatefulSet", "db", "uid-1", false);

        assertThat(new Owners(Owners.Lookup.NONE).top(object("Pod", "p", "", bystander)))
                .isEqualTo(new Owners.Top(workload("Pod", "p"), true));
    }

    @Test
    void groupsJobsOfOneGeneratorThatNobodySchedules() {
        var owners = owners(object("Job", "backup-x7f2p", "backup-"));

        assertThat(owners.top(object("Pod", "p", "", controller("batch/v1", "Job", "backup-x7f2p"))))
                .isEqualTo(new Owners.Top(workload("Job", "backup"), true));
        assertThat(Owners.workloadName(object("Job", "x7f2p", "--"))).isEqualTo("x7f2p");
        assertThat(Owners.workloadName(object("Job", "once", ""))).isEqualTo("once");
        assertThat(Owners.workloadName(object("Pod", "tool-x7f2p", "tool-"))).isEqualTo("tool-x7f2p");
        assertThat(Owners.workloadName(
                        object("Job", "nightly-1", "nightly-", controller("batch/v1", "CronJob", "nightly"))))
                .isEqualTo("nightly-1");
    }

    @Test
    void givesThePodOfAProjectionItsTopOwner() {
        var projector = new KubernetesProjector(
                KubernetesLimits.DEFAULT,
                lookup(object("ReplicaSet", "web-1", "", controller("apps/v1", "Deployment", "web"))));

        var projected = WorkloadProjectionTest.project(projector, """
                {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1-a', namespace: 'n', ownerReferences: [
                  {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'uid-1', controller: true}]},
                 spec: {containers: []}}""");

        assertThat(projected.objects()).singleElement().extracting("owner").isEqualTo(workload("Deployment", "web"));
    }

    private static Owners owners(Ownership... objects) {
        return new Owners(lookup(objects));
    }

    private static Owners.Lookup lookup(Ownership... objects) {
        var known = new java.util.HashMap<String, Ownership>();
        for (Ownership object : objects) {
            known.put(object.kind() + "/" + object.namespace() + "/" + object.name(), object);
        }
        Map<String, Ownership> all = Map.copyOf(known);
        return (kind, namespace, name) -> Optional.ofNullable(all.get(kind + "/" + namespace + "/" + name));
    }

    private static Ownership object(String kind, String name, String generateName, OwnerReference... owners) {
        return new Ownership(kind, "n", name, "uid-1", generateName, List.of(owners));
    }

    private static OwnerReference controller(String apiVersion, String kind, String name) {
        return new OwnerReference(apiVersion, kind, name, "uid-1", true);
    }

    private static ObjectKey workload(String kind, String name) {
        return new ObjectKey(ObjectType.WORKLOAD, kind, "n", name);
    }
}

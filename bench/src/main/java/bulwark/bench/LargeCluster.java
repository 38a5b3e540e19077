package bulwark.bench;

import bulwark.sensor.fake.Objects;
import bulwark.sensor.watch.WatchedResource;
import java.util.function.LongFunction;

/// The cluster of the benchmarks: 75,000 pods of 5,000 Deployments in 100 namespaces on 3,000 nodes, as an API server
/// writes them.
final class LargeCluster {
    static final int PODS = 75_000;
    static final int NODES = 3_000;
    static final int DEPLOYMENTS = 5_000;
    private static final int NAMESPACES = 100;

    private LargeCluster() {}

    /// Takes one object: the text is made for the resource version given.
    interface Taker {
        void take(WatchedResource resource, String name, LongFunction<String> object);
    }

    /// All of it, owners before what they own.
    static void each(Taker taker) {
        for (int i = 0; i < NODES; i++) taker.take(WatchedResource.NODES, "node-" + i, Objects.node("node-" + i));
        for (int i = 0; i < NAMESPACES; i++) {
            taker.take(WatchedResource.NAMESPACES, "ns-" + i, Objects.namespace("ns-" + i));
        }
        for (int i = 0; i < DEPLOYMENTS; i++) {
            String replicaSet = "d-" + i + "-1";
            taker.take(
                    WatchedResource.DEPLOYMENTS, namespace(i) + "/d-" + i, deployment(i, "registry.example/app:" + i));
            taker.take(
                    WatchedResource.REPLICA_SETS,
                    namespace(i) + "/" + replicaSet,
                    Objects.replicaSet(namespace(i), replicaSet, "d-" + i));
        }
        for (int i = 0; i < PODS; i++) {
            taker.take(WatchedResource.PODS, namespace(i) + "/pod-" + i, pod(i, "node-" + i % NODES));
        }
    }

    /// A Deployment with another image than before.
    static LongFunction<String> deployment(int number, String image) {
        return Objects.deployment(namespace(number), "d-" + number, image);
    }

    /// A pod on a node.
    static LongFunction<String> pod(int number, String node) {
        return Objects.pod(namespace(number), "pod-" + number, "d-" + number % DEPLOYMENTS + "-1", node);
    }

    static String namespace(int number) {
        return "ns-" + number % NAMESPACES;
    }
}

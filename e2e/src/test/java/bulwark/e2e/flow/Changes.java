package bulwark.e2e.flow;

import bulwark.e2e.system.LocalKubernetes;
import java.util.Random;

/// Workloads that keep changing in one cluster: made, broken, mended and deleted by a seeded generator.
final class Changes {
    private static final int NAMESPACES = 5;

    private final LocalKubernetes cluster;
    private final Random random;
    private final int workloads;

    Changes(LocalKubernetes cluster, int workloads, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.workloads = workloads;
    }

    /// Makes every workload once, and the objects around them.
    void begin() {
        var manifests = new StringBuilder();
        for (int i = 0; i < NAMESPACES; i++) {
            manifests.append("""
                    ---
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: chaos-%d}
                    """.formatted(i));
        }
        for (int i = 0; i < workloads; i++) manifests.append(deployment(i));
        cluster.apply(manifests.toString());
    }

    /// Changes a third of the workloads, some Services, policies and accounts.
    void round() {
        var manifests = new StringBuilder();
        for (int i = 0; i < workloads; i++) {
            if (random.nextInt(3) == 0) manifests.append(deployment(i));
            if (random.nextInt(20) == 0) manifests.append(service(i));
        }
        manifests.append(policy(random.nextInt(NAMESPACES)));
        cluster.apply(manifests.toString());
        int gone = random.nextInt(workloads);
        cluster.kubectl(
                "delete",
                "deployment",
                "app-" + gone,
                "-n",
                "chaos-" + gone % NAMESPACES,
                "--ignore-not-found",
                "--wait=false");
    }

    private String deployment(int number) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: app-%1$d
                  namespace: chaos-%2$d
                  annotations: {email: %3$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: app-%1$d}}
                  template:
                    metadata: {labels: {app: app-%1$d, tier: %4$s}}
                    spec:
                      hostNetwork: %5$s
                      containers:
                      - name: main
                        image: registry.shop.example/app-%1$d:%6$s
                        env: [{name: %7$s, value: "1"}]
                        securityContext: {privileged: %8$s, readOnlyRootFilesystem: true}
                        resources: %9$s
                """.formatted(
                number,
                number % NAMESPACES,
                random.nextBoolean() ? "team@shop.example" : "nobody",
                random.nextBoolean() ? "web" : "batch",
                random.nextInt(4) == 0,
                random.nextBoolean() ? "latest" : "1." + random.nextInt(9),
                random.nextBoolean() ? "DB_PASSWORD" : "MODE",
                random.nextBoolean(),
                random.nextBoolean() ? "{requests: {cpu: 10m, memory: 8Mi}, limits: {cpu: 100m, memory: 32Mi}}" : "{}");
    }

    private String service(int number) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: app-%1$d, namespace: chaos-%2$d}
                spec:
                  type: %3$s
                  selector: {app: app-%1$d}
                  ports: [{port: 80, targetPort: 8080}]
                """.formatted(number, number % NAMESPACES, random.nextBoolean() ? "NodePort" : "ClusterIP");
    }

    private String policy(int namespace) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny, namespace: chaos-%1$d}
                spec:
                  podSelector: {matchLabels: {tier: %2$s}}
                  policyTypes: [Ingress]
                """.formatted(namespace, random.nextBoolean() ? "web" : "batch");
    }
}

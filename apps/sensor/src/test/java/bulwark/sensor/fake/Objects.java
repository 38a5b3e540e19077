package bulwark.sensor.fake;

import java.util.function.LongFunction;

/// Objects of Kubernetes as its API server writes them, made up and as large as real ones.
public final class Objects {
    private Objects() {}

    /// A ReplicaSet that a Deployment owns.
    public static LongFunction<String> replicaSet(String namespace, String name, String deployment) {
        return version -> """
            {"metadata":{"name":"%s","namespace":"%s","uid":"uid-%s","resourceVersion":"%d",\
            "creationTimestamp":"2026-11-01T08:00:00Z","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment",\
            "name":"%s","uid":"uid-%s","controller":true,"blockOwnerDeletion":true}]},\
            "spec":{"replicas":1,"selector":{"matchLabels":{"app":"%s"}},"template":{"metadata":{"labels":{"app":"%s"}},\
            "spec":{"containers":[{"name":"main","image":"registry.example/app:1"}]}}}}""".formatted(name, namespace, name, version, deployment, deployment, deployment, deployment);
    }

    /// A Deployment.
    public static LongFunction<String> deployment(String namespace, String name, String image) {
        return version -> """
            {"metadata":{"name":"%s","namespace":"%s","uid":"uid-%s","resourceVersion":"%d",\
            "creationTimestamp":"2026-11-01T08:00:00Z","labels":{"app":"%s"}},\
            "spec":{"replicas":2,"selector":{"matchLabels":{"app":"%s"}},"template":{"metadata":{"labels":{"app":"%s"}},\
            "spec":{"containers":[{"name":"main","image":"%s","imagePullPolicy":"IfNotPresent"}]}}}}""".formatted(name, namespace, name, version, name, name, name, image);
    }

    /// A namespace.
    public static LongFunction<String> namespace(String name) {
        return version -> """
            {"metadata":{"name":"%s","uid":"uid-%s","resourceVersion":"%d"},"status":{"phase":"Active"}}""".formatted(name, name, version);
    }

    /// A Secret as metadata-only answers write it.
    public static LongFunction<String> secret(String namespace, String name) {
        return version -> """
            {"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"%s","namespace":"%s",\
            "uid":"uid-%s","resourceVersion":"%d"}}""".formatted(name, namespace, name, version);
    }

    /// A pod that runs, 3.6 KB as the API server writes it, managed fields included; `replicaSet` is empty for a bare
    /// one.
    public static LongFunction<String> pod(String namespace, String name, String replicaSet, String node) {
        return version -> POD.replace("@NAME@", name)
                .replace("@NAMESPACE@", namespace)
                .replace("@OWNERS@", replicaSet.isEmpty() ? "[]" : OWNER.replace("@OWNER@", replicaSet))
                .replace("@VERSION@", Long.toString(version))
                .replace("@SUFFIX@", Integer.toHexString(name.hashCode()))
                .replace("@NODE@", node);
    }

    /// A node.
    public static LongFunction<String> node(String name) {
        return version -> """
            {"metadata":{"name":"%s","uid":"uid-%s","resourceVersion":"%d","labels":{"kubernetes.io/hostname":"%s",\
            "kubernetes.io/os":"linux","topology.kubernetes.io/zone":"zone-a"}},"spec":{"podCIDR":"10.1.0.0/24"},\
            "status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"2026-11-01T08:00:00Z"}],\
            "addresses":[{"type":"InternalIP","address":"192.0.2.1"},{"type":"Hostname","address":"%s"}],\
            "nodeInfo":{"kubeletVersion":"v1.36.2","containerRuntimeVersion":"containerd://2.3.7",\
            "kernelVersion":"6.18.0","osImage":"Debian GNU/Linux 12","architecture":"amd64"}}}""".formatted(name, name, version, name, name);
    }

    private static final String OWNER = """
            [{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"@OWNER@","uid":"uid-@OWNER@","controller":true,\
            "blockOwnerDeletion":true}]""";

    private static final String POD = """
            {"metadata":{"name":"@NAME@","generateName":"app-","namespace":"@NAMESPACE@","uid":"uid-@NAME@",\
            "resourceVersion":"@VERSION@","creationTimestamp":"2026-11-01T08:00:00Z",\
            "labels":{"app":"app","app.kubernetes.io/name":"app","app.kubernetes.io/part-of":"shop",\
            "pod-template-hash":"7f9c6b5d4"},"annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9090",\
            "checksum/config":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},\
            "ownerReferences":@OWNERS@,"managedFields":[{"manager":"kube-controller-manager","operation":"Update",\
            "apiVersion":"v1","time":"2026-11-01T08:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":\
            {"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}},"f:ownerReferences":{".":{},\
            "k:{\\"uid\\":\\"4f3f\\"}":{}}},"f:spec":{"f:containers":{"k:{\\"name\\":\\"main\\"}":{".":{},"f:env":{".":{}},\
            "f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:resources":{},"f:terminationMessagePath":{}}},\
            "f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},"f:schedulerName":{}}}}]},\
            "spec":{"volumes":[{"name":"config","configMap":{"name":"app-config","defaultMode":420}},\
            {"name":"tmp","emptyDir":{}},{"name":"kube-api-access-@SUFFIX@","projected":{"sources":[\
            {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt",\
            "items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],"containers":[{"name":"main",\
            "image":"registry.example/shop/app:1.27.3","command":["/app/server"],"args":["--listen=:8080",\
            "--config=/etc/app/config.yaml"],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},\
            {"name":"metrics","containerPort":9090,"protocol":"TCP"}],"env":[{"name":"LOG_LEVEL","value":"info"},\
            {"name":"DATABASE_HOST","value":"postgres.shop.svc"},{"name":"DATABASE_PASSWORD","valueFrom":{"secretKeyRef":\
            {"name":"app-db","key":"password"}}},{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1",\
            "fieldPath":"metadata.name"}}}],"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":\
            {"cpu":"100m","memory":"128Mi"}},"volumeMounts":[{"name":"config","mountPath":"/etc/app"},\
            {"name":"tmp","mountPath":"/tmp"},{"name":"kube-api-access-@SUFFIX@","readOnly":true,\
            "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],"livenessProbe":{"httpGet":{"path":"/healthz",\
            "port":8080}},"readinessProbe":{"httpGet":{"path":"/readyz","port":8080}},"imagePullPolicy":"IfNotPresent",\
            "securityContext":{"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"readOnlyRootFilesystem":true,\
            "allowPrivilegeEscalation":false}}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,\
            "dnsPolicy":"ClusterFirst","serviceAccountName":"app","serviceAccount":"app","nodeName":"@NODE@",\
            "securityContext":{},"schedulerName":"default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready",\
            "operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],"priority":0},"status":{"phase":"Running",\
            "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-01T08:00:05Z"}],\
            "hostIP":"192.0.2.1","podIP":"10.1.0.5","containerStatuses":[{"name":"main","state":{"running":{"startedAt":\
            "2026-11-01T08:00:03Z"}},"ready":true,"restartCount":0,"image":"registry.example/shop/app:1.27.3",\
            "imageID":"registry.example/shop/app@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",\
            "containerID":"containerd://@SUFFIX@4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","started":true}],\
            "qosClass":"Burstable"}}""";
}

package bulwark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.inventory.ConfigMap;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.Node;
import bulwark.model.inventory.Role;
import bulwark.model.inventory.RoleBinding;
import bulwark.model.inventory.Secret;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.ServiceAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectProjectionTest {
    @Test
    void keepsNothingOfTheDataOfSecretsAndConfigMaps() {
        var secret = JsonText.only(Secret.class, """
                {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', labels: {a: 'b'}, annotations: {
                  'kubectl.kubernetes.io/last-applied-configuration': 'HIDDEN'}}, data: {k: 'SElEREVO'}, stringData: {k: 'HIDDEN'}}""");
        var map = JsonText.only(ConfigMap.class, """
                {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'm', namespace: 'n'}, data: {k: 'HIDDEN'}}""");

        assertThat(secret.toString() + map).doesNotContain("HIDDEN").doesNotContain("SElEREVO");
        assertThat(secret.metadata().labels()).containsEntry("a", "b");
    }

    @Test
    void readsNamespacesAndNodesAsObjectsOfTheCluster() {
        var namespace = JsonText.only(
                Namespace.class, "{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'n', namespace: 'x'}}");
        var node = JsonText.only(Node.class, """
                {apiVersion: 'v1', kind: 'Node', metadata: {name: 'node-1'},
                 spec: {unschedulable: true, providerID: 'p', taints: [{key: 'k', value: 'v', effect: 'NoSchedule'}, {key: 'l', effect: 'NoExecute'}]},
                 status: {conditions: [{type: 'DiskPressure', status: 'False'}, {type: 'Ready', status: 'True'}],
                   addresses: [{type: 'InternalIP', address: '192.0.2.1'}],
                   nodeInfo: {kubeletVersion: 'v1.36.2', containerRuntimeVersion: 'containerd://2.1', kernelVersion: '6.1',
                     osImage: 'Debian', architecture: 'amd64'}}}""");

        assertThat(namespace.key()).hasToString("NAMESPACE//Namespace/n");
        assertThat(namespace.phase()).isEqualTo("Active");
        assertThat(node.metadata().namespace()).isEmpty();
        assertThat(node.ready() && node.unschedulable()).isTrue();
        assertThat(node.taints()).containsExactly("k=v:NoSchedule", "l:NoExecute");
        assertThat(node.addresses()).containsExactly("InternalIP=192.0.2.1");
        assertThat(node.kubeletVersion()).isEqualTo("v1.36.2");
    }

    @Test
    void readsHowAServiceIsReached() {
        var service = JsonText.only(Service.class, """
                {apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {type: 'LoadBalancer',
                   selector: {app: 'web'}, clusterIP: '10.96.0.7', externalIPs: ['192.0.2.9'],
                   ports: [{port: 80, nodePort: 30080}, {name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns-port'}]},
                 status: {loadBalancer: {ingress: [{ip: '198.51.100.1'}, {hostname: 'lb.example'}]}}}""");

        assertThat(service.ports())
                .containsExactly(
                        new Service.Port("", "TCP", 80, "80", 30080),
                        new Service.Port("dns", "UDP", 53, "dns-port", 0));
        assertThat(service.clusterIps()).containsExactly("10.96.0.7");
        assertThat(service.externalIps()).containsExactly("192.0.2.9");
        assertThat(service.loadBalancerAddresses()).containsExactly("198.51.100.1", "lb.example");
        assertThat(service.selector()).isEqualTo(Map.of("app", "web"));
    }

    @Test
    void readsIngressesOfTodayAndOfBefore() {
        var today = JsonText.only(Ingress.class, """
                {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i'}, spec: {ingressClassName: 'nginx',
                   defaultBackend: {service: {name: 'fallback', port: {name: 'http'}}}, tls: [{hosts: ['a.example']}],
                   rules: [{host: 'a.example', http: {paths: [{path: '/x', backend: {service: {name: 's', port: {number: 80}}}}]}}]}}""");
        var before = JsonText.only(Ingress.class, """
                {apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: {name: 'i', annotations: {'kubernetes.io/ingress.class': 'old'}},
                 spec: {rules: [{http: {paths: [{backend: {serviceName: 's', servicePort: 80}}]}}]}}""");

        assertThat(today.routes())
                .containsExactly(
                        new Ingress.Route("", "", "fallback", "http"), new Ingress.Route("a.example", "/x", "s", "80"));
        assertThat(today.ingressClass()).isEqualTo("nginx");
        assertThat(today.tlsHosts()).containsExactly("a.example");
        assertThat(before.routes()).containsExactly(new Ingress.Route("", "", "s", "80"));
        assertThat(before.ingressClass()).isEqualTo("old");
    }

    /// The rule is in the API's description of `policyTypes`.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podSelector: {}                                            | true  | false",
                "podSelector: {}, egress: []                                | true  | false",
                "podSelector: {}, egress: [{}]                              | true  | true",
                "podSelector: {}, policyTypes: ['Egress']                   | false | true",
                "podSelector: {}, policyTypes: ['Ingress'], egress: [{}]    | true  | false",
                "podSelector: {}, policyTypes: ['Ingress', 'Egress']        | true  | true",
            })
    void isolatesTheDirectionsThatTheApiWouldIsolate(String spec, boolean ingress, boolean egress) {
        var policy = JsonText.only(
                NetworkPolicy.class,
                "{apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'p'}, spec: {" + spec
                        + "}}");

        assertThat(policy.ingress()).isEqualTo(ingress);
        assertThat(policy.egress()).isEqualTo(egress);
        assertThat(policy.podSelector()).isEqualTo(LabelSelector.EVERYTHING);
    }

    @Test
    void tellsSelectorsThatSelectEverythingFromThoseThatAreAbsent() {
        var policy = JsonText.only(NetworkPolicy.class, """
                {apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {name: 'p'}, spec: {podSelector: {},
                   ingress: [{from: [{namespaceSelector: {}}, {ipBlock: {cidr: '10.0.0.0/8', except: ['10.1.0.0/16']}}],
                     ports: [{port: 80, endPort: 90}, {protocol: 'UDP', port: 'dns'}, {}]}]}}""");

        var rule = policy.ingressRules().getFirst();
        assertThat(rule.peers())
                .containsExactly(
                        new NetworkPolicy.Peer(null, LabelSelector.EVERYTHING, null, List.of()),
                        new NetworkPolicy.Peer(null, null, "10.0.0.0/8", List.of("10.1.0.0/16")));
        assertThat(rule.ports())
                .containsExactly(
                        new NetworkPolicy.Port("TCP", "80", 90),
                        new NetworkPolicy.Port("UDP", "dns", null),
                        new NetworkPolicy.Port("TCP", null, null));
    }

    @Test
    void readsWhoMayDoWhat() {
        var account = JsonText.only(ServiceAccount.class, """
                {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'a'}, automountServiceAccountToken: false,
                 secrets: [{name: 's'}], imagePullSecrets: [{name: 'p'}]}""");
        var role = JsonText.only(Role.class, """
                {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name: 'r'},
                 rules: [{apiGroups: [''], resources: ['pods'], verbs: ['*']}, {nonResourceURLs: ['/metrics'], verbs: ['get']}],
                 aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: 'b'}}]}}""");
        var binding = JsonText.only(RoleBinding.class, """
                {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: {name: 'b', namespace: 'n'},
                 roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'r'},
                 subjects: [{kind: 'ServiceAccount', namespace: 'n', name: 'a'}, {kind: 'Group', name: 'system:authenticated'}]}""");

        assertThat(account)
                .returns(false, ServiceAccount::automountToken)
                .returns(List.of("s"), ServiceAccount::secrets)
                .returns(List.of("p"), ServiceAccount::imagePullSecrets);
        assertThat(role.key()).hasToString("ROLE//ClusterRole/r");
        assertThat(role.rules().getFirst().verbs()).containsExactly("*");
        assertThat(role.rules().getLast().nonResourceUrls()).containsExactly("/metrics");
        assertThat(role.aggregates()).containsExactly(new LabelSelector(Map.of("a", "b"), List.of()));
        assertThat(binding.roleKind() + "/" + binding.roleName()).isEqualTo("ClusterRole/r");
        assertThat(binding.subjects())
                .containsExactly(
                        new RoleBinding.Subject("ServiceAccount", "n", "a"),
                        new RoleBinding.Subject("Group", "", "system:authenticated"));
    }
}

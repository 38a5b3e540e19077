package bulwark.policy.criterion.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.WorkloadContext;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortExposureMethodTest {
    private static final WorkloadContext SHOP =
            Manifests.container("ports: [{name: web, containerPort: 8080}, {containerPort: 9000, protocol: UDP}]");

    @Test
    void findsAPortThatALoadBalancerSendsToByName() {
        var shop = with(List.of(service("LoadBalancer", "TCP", 80, "web", 31000)), List.of());

        var found = Ask.of(shop, "Port Exposure Method", "external");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("Service/front:spec.type");
            assertThat(violation.value()).isEqualTo("EXTERNAL");
            assertThat(violation.message())
                    .isEqualTo("Port 8080/TCP is exposed by Service 'front' of type LoadBalancer, node port 31000");
        });
    }

    @Test
    void findsTheNodePortOfAService() {
        var shop = with(List.of(service("NodePort", "TCP", 80, "8080", 443)), List.of());

        assertThat(Ask.of(shop, "Exposed Node Port", "443"))
                .extracting(Violation::fieldPath)
                .containsExactly("Service/front:spec.ports[0].nodePort");
        assertThat(Ask.of(shop, "Port Exposure Method", "NODE")).hasSize(1);
    }

    @Test
    void asksForTheSameProtocol() {
        var shop = with(List.of(service("LoadBalancer", "TCP", 9000, "9000", 0)), List.of());

        var both =
                Ask.of(shop, Ask.group("Port Exposure Method", "EXTERNAL"), Ask.group("Exposed Port Protocol", "UDP"));

        assertThat(both).isEmpty();
    }

    @Test
    void countsAPortThatOnlyAServiceNames() {
        var shop = with(List.of(service("ClusterIP", "TCP", 22, "2222", 0)), List.of());

        assertThat(Ask.of(shop, "Exposed Port", "2222"))
                .extracting(Violation::container, Violation::message)
                .containsExactly(tuple("", "A Service exposes port 2222/TCP"));
    }

    @Test
    void takesAnIngressForARoute() {
        var ingress = new Ingress(
                Metadata.named("store", "public"), null, List.of(new Ingress.Route("", "/", "front", "80")), List.of());
        var shop = with(List.of(service("ClusterIP", "TCP", 80, "web", 0)), List.of(ingress));

        assertThat(Ask.of(shop, "Port Exposure Method", "ROUTE")).hasSize(1);
        assertThat(Ask.of(shop, "Port Exposure Method", "INTERNAL")).isEmpty();
    }

    @Test
    void doesNotGuessForAManifestAlone() {
        var ports = Ask.evaluation(SHOP, Ask.policy(Ask.section(Ask.group("Port Exposure Method", "EXTERNAL"))));

        assertThat(ports.violations()).isEmpty();
        assertThat(ports.undecided())
                .singleElement()
                .satisfies(undecided ->
                        assertThat(undecided.reason()).isEqualTo("the Services around the workload are not known"));
    }

    @Test
    void saysTheSameInWhicheverOrderTheServicesCome() {
        Service front = service("LoadBalancer", "TCP", 80, "web", 0);
        Service admin = named("admin", "LoadBalancer", "TCP", 81, "8443", 0);

        var found = Ask.of(with(List.of(front, admin), List.of()), "Port Exposure Method", "EXTERNAL");

        assertThat(found).hasSize(2);
        assertThat(Ask.of(with(List.of(admin, front), List.of()), "Port Exposure Method", "EXTERNAL"))
                .isEqualTo(found);
    }

    @Test
    void doesNotGuessWhereServicesOrIngressesMayNotBeRead() {
        var policy = Ask.policy(Ask.section(Ask.group("Port Exposure Method", "EXTERNAL")));
        var known = with(List.of(), List.of());
        assertThat(Ask.evaluation(known, policy).undecided()).isEmpty();
        for (var kind : List.of(ObjectType.SERVICE, ObjectType.INGRESS)) {
            var said = Ask.evaluation(known.withUnread(Set.of(kind)), policy);

            assertThat(said.violations()).isEmpty();
            assertThat(said.undecided()).as("%s", kind).hasSize(1);
        }
        assertThat(Ask.evaluation(known.withUnread(Set.of(ObjectType.SECRET)), policy)
                        .undecided())
                .isEmpty();
    }

    private static WorkloadContext with(List<Service> services, List<Ingress> ingresses) {
        return new WorkloadContext(
                SHOP.workload(), "c1", "main", Map.of(), Map.of(), services, ingresses, List.of(), null, List.of());
    }

    private static Service service(String type, String protocol, int port, String target, int nodePort) {
        return named("front", type, protocol, port, target, nodePort);
    }

    private static Service named(String name, String type, String protocol, int port, String target, int nodePort) {
        return new Service(
                Metadata.named("store", name),
                type,
                Map.of("app", "shop"),
                List.of(new Service.Port("http", protocol, port, target, nodePort)),
                List.of(),
                List.of(),
                List.of());
    }
}

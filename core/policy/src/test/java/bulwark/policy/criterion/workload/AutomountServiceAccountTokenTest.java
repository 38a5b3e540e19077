package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.ServiceAccount;
import bulwark.model.inventory.WorkloadContext;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AutomountServiceAccountTokenTest {
    @Test
    void takesSilenceForMounted() {
        var workload = Manifests.pod("""
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Automount Service Account Token", "true");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.automountServiceAccountToken");
            assertThat(violation.value()).isEqualTo("true");
            assertThat(violation.message()).isEqualTo("The token of the ServiceAccount is mounted into the pods");
        });
    }

    @Test
    void leavesAloneThePodThatForbidsIt() {
        var workload = Manifests.pod("""
                automountServiceAccountToken: false
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var found = Ask.of(workload, "Automount Service Account Token", "true");

        assertThat(found).isEmpty();
    }

    @Test
    void asksTheServiceAccountWhereThePodIsSilent() {
        assertThat(Ask.of(runningAs(false), "Automount Service Account Token", "true"))
                .isEmpty();
        assertThat(Ask.of(runningAs(true), "Automount Service Account Token", "true"))
                .hasSize(1);
        assertThat(Ask.of(runningAs(null), "Automount Service Account Token", "true"))
                .hasSize(1);
    }

    @Test
    void doesNotGuessWhereServiceAccountsMayNotBeRead() {
        var policy = Ask.policy(Ask.section(Ask.group("Automount Service Account Token", "true")));
        var unread = Set.of(ObjectType.SERVICE_ACCOUNT);
        var forbidding = Manifests.pod("""
                automountServiceAccountToken: false
                containers: [{name: app, image: registry.example/app:1}]
                """);

        var said = Ask.evaluation(runningAs(null).withUnread(unread), policy);

        assertThat(said.violations()).isEmpty();
        assertThat(said.undecided())
                .singleElement()
                .satisfies(undecided ->
                        assertThat(undecided.reason()).isEqualTo("the ServiceAccount of the workload is not known"));
        var decided = Ask.evaluation(forbidding.withUnread(unread), policy);
        assertThat(decided.undecided()).as("the pod itself says so").isEmpty();
        assertThat(decided.violations()).isEmpty();
    }

    private static WorkloadContext runningAs(@Nullable Boolean automount) {
        var account = new ServiceAccount(Metadata.named("store", "default"), automount, List.of(), List.of());
        return new WorkloadContext(
                Manifests.container("").workload(),
                "c1",
                "main",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                account,
                List.of());
    }
}

package bulwark.policy.criterion.container;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import org.junit.jupiter.api.Test;

class EnvironmentVariableTest {
    @Test
    void findsAVariableByItsNameWithoutShowingItsValue() {
        var workload = Manifests.container("""
                env: [{name: DB_PASSWORD, value: hunter2}]
                """);

        var found = Ask.of(workload, "Environment Variable", "RAW=.*SECRET.*|.*PASSWORD.*=");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].env[0]");
            assertThat(violation.value()).isEqualTo("RAW=DB_PASSWORD");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' has environment variable 'DB_PASSWORD' (source RAW)");
        });
    }

    @Test
    void findsAReferenceToASecret() {
        var workload = Manifests.container("""
                env: [{name: A, value: b}, {name: KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}]
                """);

        var found = Ask.of(workload, "Environment Variable", "SECRET_KEY==");

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("spec.template.spec.containers[0].env[1]");
            assertThat(violation.value()).isEqualTo("SECRET_KEY=KEY");
            assertThat(violation.message())
                    .isEqualTo("Container 'app' has environment variable 'KEY' (source SECRET_KEY)");
        });
    }

    @Test
    void asksForTheValueToo() {
        var workload = Manifests.container("""
                env: [{name: MODE, value: test}]
                """);

        var found = Ask.of(workload, "Environment Variable", "RAW=MODE=production");

        assertThat(found).isEmpty();
    }

    @Test
    void asksForSourceNameAndValueOfTheSameVariable() {
        var workload = Manifests.container("""
                env: [{name: MODE, value: test}, {name: OTHER, value: production}]
                """);

        var found = Ask.of(workload, "Environment Variable", "RAW=MODE=production");

        assertThat(found).isEmpty();
    }
}

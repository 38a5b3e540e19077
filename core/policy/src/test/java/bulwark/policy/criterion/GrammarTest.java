package bulwark.policy.criterion;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.policy.EventSource;
import bulwark.policy.Criteria;
import bulwark.policy.pattern.Patterns;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private final Patterns patterns = new Patterns(1_000, 1_000);

    @Test
    void refusesTheValueOfAReferenceWhenItIsSavedAndReadsItWhereItIsThere() {
        Grammar variable =
                Criteria.described("Environment Variable").orElseThrow().grammar();

        assertThat(variable.problem("SECRET_KEY=key=value", patterns)).isPresent();
        assertThat(variable.lenient().problem("SECRET_KEY=key=value", patterns)).isEmpty();
        assertThat(variable.lenient().problem("OTHER=key=value", patterns)).isPresent();
    }

    @Test
    void refusesFromWhenItIsSavedAndReadsItWhereItIsThere() {
        Grammar line = Criteria.described("Dockerfile Line").orElseThrow().grammar();

        assertThat(line.problem("FROM=alpine.*", patterns)).isPresent();
        assertThat(line.lenient().problem("from=alpine.*", patterns)).isEmpty();
        assertThat(line.problem("RUN=(", patterns)).isPresent();
    }

    @Test
    void takesOtherResourcesFromTheAuditLogThanFromRequests() {
        Grammar resource =
                Criteria.described("Kubernetes Resource").orElseThrow().grammar();

        assertThat(resource.under(EventSource.AUDIT_LOG_EVENT).problem("secrets", patterns))
                .isEmpty();
        assertThat(resource.under(EventSource.AUDIT_LOG_EVENT).problem("PODS_EXEC", patterns))
                .isPresent();
        assertThat(resource.under(EventSource.DEPLOYMENT_EVENT).problem("PODS_EXEC", patterns))
                .isEmpty();
    }

    @Test
    void saysWhatItExpected() {
        assertThat(new Grammar.Amount("cores").problem("much", patterns))
                .contains("a number of cores with <, <=, >=, > or nothing before it");
        assertThat(new Grammar.Text().problem("[", patterns).orElseThrow()).startsWith("a pattern in RE2 syntax");
    }
}

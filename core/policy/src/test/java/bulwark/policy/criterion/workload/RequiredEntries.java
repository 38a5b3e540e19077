package bulwark.policy.criterion.workload;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.alert.Violation;
import bulwark.model.inventory.WorkloadContext;
import bulwark.policy.Ask;
import bulwark.policy.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds for labels and for annotations that a workload must have.
abstract class RequiredEntries {
    private final String criterion;
    private final String entry;
    private final String field;

    RequiredEntries(String criterion, String entry, String field) {
        this.criterion = criterion;
        this.entry = entry;
        this.field = field;
    }

    @Test
    void findsThatItIsMissingThoughThePodsHaveIt() {
        var found = Ask.of(with(""), criterion, "owner|team=.+");

        says(found, "", "owner|team=.+");
    }

    @Test
    void isContentWithTheWorkloadsOwn() {
        assertThat(Ask.of(with("Owner: store"), criterion, "owner|team=.+")).isEmpty();
    }

    @Test
    void asksForTheValueToo() {
        var found = Ask.of(with("env: foobar"), criterion, "env=prod", "env=dev");

        says(found, "env", "env=prod, env=dev");
    }

    @Test
    void isContentWithOneOfSeveral() {
        assertThat(Ask.of(with("env: dev"), criterion, "env=prod", "env=dev")).isEmpty();
    }

    @Test
    void asksForEachWhereTheValuesAreJoinedByAnd() {
        var found = Ask.of(with("env: dev"), Ask.all(criterion, "env=dev", "owner=.+"));

        says(found, "env", "env=dev, owner=.+");
    }

    private WorkloadContext with(String entries) {
        return Manifests.of("Deployment", "{name: shop, " + field + ": {" + entries + "}}", "");
    }

    private void says(List<Violation> found, String value, String wanted) {
        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.fieldPath()).isEqualTo("metadata." + field);
            assertThat(violation.value()).isEqualTo(value);
            assertThat(violation.message()).isEqualTo("The workload lacks a required " + entry + ": " + wanted);
        });
    }
}

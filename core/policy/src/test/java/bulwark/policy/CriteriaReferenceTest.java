package bulwark.policy;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps the reference page of the criteria current; `-Dbulwark.write=true` writes it.
class CriteriaReferenceTest {
    private static final Path PAGE =
            Path.of(System.getProperty("bulwark.root", "../..")).resolve("docs/reference/criteria.md");

    @Test
    void thePageSaysWhatTheCriteriaSay() throws IOException {
        String page = page();
        if (Boolean.getBoolean("bulwark.write")) Files.writeString(PAGE, page);

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Policy criteria

                Made from the criteria themselves (`CriteriaReferenceTest`); do not edit. Patterns are RE2, over the whole text, without regard to case.

                | criterion | finds that | value | negation | several values | stages | where Bulwark knows better |
                |---|---|---|---|---|---|---|
                """);
        for (Criterion<?> criterion : Criteria.ALL) row(page, criterion.description());
        page.append("\nKnown, checked and refused until they are built:\n\n");
        for (Description planned : PlannedCriteria.ALL)
            page.append("- ").append(planned.name()).append('\n');
        return page.toString();
    }

    private static void row(StringBuilder page, Description description) {
        String several = switch (description.combination()) {
            case ONE -> "no";
            case OR -> "OR";
            case OR_AND -> "OR, AND";
        };
        var cells = new String[] {
            description.name(),
            description.sentence(),
            description.grammar().expected(),
            description.negatable() ? "yes" : "no",
            several,
            String.join(
                    ", ", description.stages().stream().sorted().map(Enum::name).toList()),
            description.knowsBetter()
        };
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}

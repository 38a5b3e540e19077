package bulwark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirContentAndLinesEndWithoutBlanks() {
        var table = new Table(List.of("NAME", "N"));
        table.add(List.of("storefront", "3"));
        table.add(List.of("", "12"));

        assertThat(table.text()).isEqualTo("""
                NAME        N
                storefront  3
                -           12
                """);
    }

    @Test
    void aNameFromAClusterCannotRewriteTheTerminal() {
        var table = new Table(List.of("NAME"));
        table.add(List.of("evil\u001b[2Jname\nsecond"));

        assertThat(table.text()).isEqualTo("NAME\nevil\uFFFD[2Jname\uFFFDsecond\n");
    }
}

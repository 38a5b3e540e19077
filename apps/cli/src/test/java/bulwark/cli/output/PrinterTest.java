package bulwark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrinterTest {
    @Test
    void aTextFromAClusterCannotRewriteTheTerminal() {
        var out = new StringWriter();

        new Printer(Printer.Format.table, new PrintWriter(out)).line("a\u001b[2J\u009b1m\u202eb\nnext");

        assertThat(out.toString().lines()).containsExactly("a\uFFFD[2J\uFFFD1m\uFFFDb", "next");
    }

    @Test
    void aValueStaysInItsLine() {
        assertThat(PlainText.line("1.2\n  forged = true\r")).isEqualTo("1.2\uFFFD  forged = true\uFFFD");
        assertThat(PlainText.line("plain ü")).isEqualTo("plain ü");
    }
}

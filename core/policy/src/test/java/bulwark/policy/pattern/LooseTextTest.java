package bulwark.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseTextTest {
    @ParameterizedTest
    @CsvSource({
        "tcp, TCP, true",
        "t, TCP, true",
        "udp, TCP, false",
        "!udp, TCP, true",
        "'\"tc\"', TCP, false",
        "'\"tcp\"', TCP, true",
        "r/t.*, TCP, true",
        "!r/t.*, TCP, false",
        "!!tcp, TCP, true",
        "!!tcp, !TCP, false"
    })
    void comparesByTheBeginningUnlessItSaysOtherwise(String written, String found, boolean expected) {
        assertThat(LooseText.compile(written, new Patterns(100, 100)).test(found))
                .isEqualTo(expected);
    }

    @Test
    void takesATextOfOppositesForOneAndALongOneForNone() {
        var patterns = new Patterns(1_000_000, 100);

        assertThat(LooseText.compile("!".repeat(500_000), patterns).test("TCP")).isTrue();
        assertThat(LooseText.problem("t".repeat(101), new Patterns(100, 100))).isPresent();
    }

    @Test
    void refusesGlobsByName() {
        assertThat(LooseText.problem("g/t*", new Patterns(100, 100)).orElseThrow())
                .contains("glob");
        assertThat(LooseText.problem("!g/t*", new Patterns(100, 100)).orElseThrow())
                .contains("glob");
    }
}

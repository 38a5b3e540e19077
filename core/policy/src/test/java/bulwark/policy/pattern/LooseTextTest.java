package bulwark.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

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
        "!r/t.*, TCP, false"
    })
    void comparesByTheBeginningUnlessItSaysOtherwise(String written, String found, boolean expected) {
        assertThat(LooseText.compile(written, new Patterns(100, 100)).test(found))
                .isEqualTo(expected);
    }
}

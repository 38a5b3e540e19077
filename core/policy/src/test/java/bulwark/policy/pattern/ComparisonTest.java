package bulwark.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "3, 3, true",
        "3, 2, false",
        "< 0.5, 0.25, true",
        "<0.5, 0.5, false",
        "<= 750, 750, true",
        "> 7, 7, false",
        ">=5, 5, true",
        "0.000000, 0, true",
        ".5, 0.5, true"
    })
    void comparesAsItIsWritten(String written, double found, boolean expected) {
        assertThat(Comparison.parse(written).orElseThrow().test(found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">", ".", "3>0", "0<", "1.", "1.2.3", "-1", "= 3", "1e9"})
    void takesNothingElse(String written) {
        assertThat(Comparison.parse(written)).isEmpty();
    }

    @Test
    void knowsThatAnUnknownIsNeitherTrueNorFalse() {
        assertThat(Ternary.UNKNOWN.and(Ternary.FALSE)).isEqualTo(Ternary.FALSE);
        assertThat(Ternary.UNKNOWN.and(Ternary.TRUE)).isEqualTo(Ternary.UNKNOWN);
        assertThat(Ternary.UNKNOWN.or(Ternary.TRUE)).isEqualTo(Ternary.TRUE);
        assertThat(Ternary.UNKNOWN.not()).isEqualTo(Ternary.UNKNOWN);
    }
}

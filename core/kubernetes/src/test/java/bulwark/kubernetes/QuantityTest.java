package bulwark.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Amounts and their meaning as the Kubernetes API reference defines them.
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "100m,0.1",
        "29m,0.029",
        "1.5Gi,1610612736",
        "2e3,2000",
        "1Ki,1024",
        "500n,0.0000005",
        "250u,0.00025",
        "1E,1e18",
        "1E2,100",
        "1Ei,1152921504606846976",
        "12.5,12.5",
        ".5,0.5",
        "5.,5",
        "+3,3",
        "-1k,-1000",
        "3M,3e6",
        "2G,2e9",
        "7T,7e12",
        "1P,1e15",
        "1Mi,1048576",
        "1Ti,1099511627776",
        "1Pi,1125899906842624",
        "1e-3,0.001",
    })
    void readsAmounts(String text, double amount) {
        assertThat(Quantity.parse(text)).hasValue(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "m", "1 Gi", "1gi", "1.2.3", "1e", "1e+", "--1", "1Kib", "0x10", "1,5", "NaN", "1e1.5", "."})
    void refusesWhatIsNone(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void boundsWhatNoMachineHas() {
        assertThat(Quantity.parse("1e999999999")).hasValue(0x1p63);
        assertThat(Quantity.parse("1e-999999999")).hasValue(0);
        assertThat(Quantity.parse("9".repeat(1_000_000))).isEmpty();
    }
}

package bulwark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationLineTest {
    private final RegistrationLine registration = new RegistrationLine(
            List.of(URI.create("https://central.example:8443"), URI.create("https://192.0.2.7:8443")),
            "0123456789abcdef".repeat(4),
            "s3cret_s3cret-s3cret");

    @Test
    void readsWhatItWrites() {
        String line = registration.line();

        assertThat(line).doesNotContain("\n").startsWith("bulwark1.");
        assertThat(RegistrationLine.parse(line + "\n")).isEqualTo(registration);
    }

    @Test
    void doesNotShowTheSecretInLogsOrMessages() {
        assertThat(registration.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> RegistrationLine.parse("bulwark1.!.x.s3cret_s3cret-s3cret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret_");
    }

    @Test
    void refusesALineThatWasCutBeforeOrEarlyInItsSecret() {
        String line = registration.line();

        for (int length = 0; length < line.length() - 4; length++) {
            String cut = line.substring(0, length);
            assertThatThrownBy(() -> RegistrationLine.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesAnAddressWithoutTls() {
        assertThatThrownBy(() -> new RegistrationLine(
                        List.of(URI.create("http://central.example:8080")), "0".repeat(64), "s3cret_s3cret-s3cret"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

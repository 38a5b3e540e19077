package bulwark.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.UserError;
import bulwark.base.log.LogLines;
import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenCertificateTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant now = Instant.now();
    private final CertificateAuthority authority =
            new CertificateAuthority(List.of(CertificateAuthority.newIssuer("company", now, DAY.multipliedBy(9))));
    private CentralSettings.TlsFiles files;

    @TempDir
    Path folder;

    @BeforeEach
    void name() {
        files = new CentralSettings.TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    private KeyAndChain issue(Instant at) {
        var own = authority.issue(Grant.server(new Identity("central", "x"), List.of("localhost"), DAY), at);
        return new KeyAndChain(
                own.key(), List.of(own.certificate(), authority.signing().certificate()));
    }

    private void write(KeyAndChain content) throws IOException {
        Pem.writeOwnerOnly(files.certificate(), Pem.of(content.chain()));
        Pem.writeOwnerOnly(files.key(), Pem.of(content.key()));
    }

    private GivenCertificate open() {
        return GivenCertificate.open(files, InstantSource.fixed(now));
    }

    @Test
    void takesOverFilesThatWereWrittenAnew() throws Exception {
        write(issue(now));
        var given = open();
        var first = given.key().current();
        given.refresh();
        assertThat(given.key().current()).as("nothing changed").isSameAs(first);

        KeyAndChain next = issue(now);
        write(next);
        given.refresh();

        assertThat(given.key().current().chain()).isEqualTo(next.chain());
        assertThat(given.fingerprint())
                .isEqualTo(Certificates.fingerprint(authority.signing().certificate()));
    }

    @Test
    void goesOnWithTheOldAndSaysOnceWhyTheNewCannotBeUsed() throws Exception {
        write(issue(now));
        var given = open();
        var first = given.key().current();
        Pem.writeOwnerOnly(files.certificate(), Pem.of(issue(now).chain())); // of another key
        try (var log = new LogLines()) {
            for (int round = 0; round < 3; round++) given.refresh();

            assertThat(given.key().current()).isSameAs(first);
            assertThat(log.with("certificate cannot be used")).hasSize(1);
            assertThat(log.with("certificate cannot be used").getFirst())
                    .contains("WARN", "tls.key", "expected the key of the certificate", "correct the files")
                    .hasLineCount(1);

            Files.delete(files.key());
            given.refresh();
            Pem.writeOwnerOnly(files.certificate(), "nonsense");
            given.refresh();
            write(issue(now.minus(DAY.multipliedBy(2))));
            given.refresh();
            assertThat(given.key().current()).isSameAs(first);
            assertThat(log.with("certificate cannot be used")).hasSize(4);
            assertThat(log.with("certificate cannot be used").getLast()).contains("expired at");

            KeyAndChain good = issue(now);
            write(good);
            given.refresh();
            assertThat(given.key().current().chain()).isEqualTo(good.chain());
        }
    }

    @Test
    void refusesFilesThatCannotBeUsedFromTheStart() throws Exception {
        assertThatThrownBy(this::open).isInstanceOf(UserError.class).hasMessageContaining("--tls-cert");

        write(issue(now.minus(DAY.multipliedBy(2))));
        assertThatThrownBy(this::open).isInstanceOf(UserError.class).hasMessageContaining("expired at");

        write(issue(now));
        assertThat(open().key().current()).isNotNull();
    }
}

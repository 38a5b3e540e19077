package bulwark.base.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final byte[] SECRET = "hunter2".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder = Path.of("unset");

    @Test
    void opensWhatItSealedForTheSamePurposeOnly() throws Exception {
        Path key = folder.resolve("key");
        byte[] sealed = SecretBox.open(key).seal(SECRET, "notifier/1");
        SecretBox again = SecretBox.open(key);

        assertThat(again.open(sealed, "notifier/1")).isEqualTo(SECRET);
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> again.open(sealed, "notifier/2")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> SecretBox.open(folder.resolve("other")).open(sealed, "notifier/1"))
                .isInstanceOf(GeneralSecurityException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> again.open(changed, "notifier/1")).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void givesTheKeyBackForItsPassphraseOnly() throws Exception {
        Path key = folder.resolve("key");
        SecretBox box = SecretBox.open(key);
        Path copy = folder.resolve("copy");

        String line = box.underPassphrase("correct horse");

        assertThat(line).doesNotContain(Files.readString(key).strip()).doesNotContain("\n");
        assertThatThrownBy(() -> SecretBox.restore(line, "correct hors", copy))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> SecretBox.restore("nonsense", "correct horse", copy))
                .isInstanceOf(GeneralSecurityException.class);
        assertThat(copy).doesNotExist();
        SecretBox.restore(line, "correct horse", copy);
        assertThat(Files.readString(copy)).isEqualTo(Files.readString(key));
        assertThat(SecretBox.open(copy).fingerprint()).isEqualTo(box.fingerprint());
        assertThat(SecretBox.open(folder.resolve("other")).fingerprint()).isNotEqualTo(box.fingerprint());
    }

    @Test
    void refusesAKeyFileThatIsNone() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "not a key");

        assertThatThrownBy(() -> SecretBox.open(key))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void knowsAPasswordFromItsHash() {
        String password = Passwords.generate();
        String stored = Passwords.hash(password);

        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(password);
        assertThat(Passwords.matches(password, stored)).isTrue();
        assertThat(Passwords.matches(password + "x", stored)).isFalse();
        assertThat(Passwords.isOutdated(stored)).isFalse();
        assertThat(Passwords.hash(password)).isNotEqualTo(stored);
    }

    /// Made with the reference implementation's command: `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1`.
    @Test
    void agreesWithTheReferenceImplementationOfArgon2() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(Passwords.matches("password", reference)).isTrue();
        assertThat(Passwords.isOutdated(reference)).isTrue();
    }
}

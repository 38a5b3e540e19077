package bulwark.central.backup;

import bulwark.base.UserError;
import bulwark.base.secret.SecretBox;
import bulwark.store.backup.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The key that a backup's secrets are sealed with: without it a restored Central can neither use its certificate
/// authority, so that every Sensor is cut off, nor sign for its notifiers. A restore asks for it before anything is
/// changed.
public final class BackupKey {
    static final String FINGERPRINT = "key-fingerprint";
    static final String SEALED = "key";

    private final Path backup;
    private final Map<String, String> attached;

    private BackupKey(Path backup, Map<String, String> attached) {
        this.backup = backup;
        this.attached = attached;
    }

    /// Of a backup.
    public static BackupKey of(Path backup) throws IOException {
        return new BackupKey(backup, Restore.attachments(backup));
    }

    /// Makes sure that the key file is there and is the right one. Where it is not there yet, it is taken out of the
    /// backup with the passphrase that the backup was made with.
    public void ensure(Path keyFile, @Nullable String passphrase) throws IOException {
        if (!Files.exists(keyFile)) unseal(keyFile, passphrase);
        String found = SecretBox.open(keyFile).fingerprint();
        String wanted = attached.getOrDefault(FINGERPRINT, found);
        if (found.equals(wanted)) return;
        throw new UserError(
                "key file " + keyFile,
                "the key that sealed the secrets of " + backup,
                "it is another",
                "put the secret.key of the Central that made the backup there; nothing was changed");
    }

    private void unseal(Path keyFile, @Nullable String passphrase) throws IOException {
        String sealed = attached.get(SEALED);
        if (sealed == null) {
            throw new UserError(
                    "key file " + keyFile,
                    "the key that sealed the secrets of " + backup,
                    "there is none, and the backup was made without a passphrase",
                    "copy the secret.key of the Central that made it there, or, where that is lost, add --without-key:"
                            + " then every Sensor has to join anew; nothing was changed");
        }
        if (passphrase == null) {
            throw new UserError(
                    "key file " + keyFile,
                    "the key that sealed the secrets of " + backup,
                    "there is none",
                    "add --passphrase-file with the passphrase that the backup was made with; nothing was changed");
        }
        try {
            SecretBox.restore(sealed, passphrase, keyFile);
        } catch (GeneralSecurityException e) {
            throw new UserError(
                    "the passphrase",
                    "the one that " + backup + " was made with",
                    "it does not open the key in it",
                    "give that one; nothing was changed",
                    e);
        }
    }
}

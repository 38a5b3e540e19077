package bulwark.central.backup;

import bulwark.base.secret.SecretBox;
import bulwark.central.access.BodyCheck;
import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.store.backup.Attachment;
import bulwark.store.backup.Backup;
import bulwark.store.backup.Progress;
import bulwark.store.database.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A consistent backup of every row, written to the caller as it is read. What is sealed in it can be opened only with
/// the key file, which is in it only when the caller gives a passphrase, and then sealed with that.
public final class BackupApi {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 1000;

    private final Database database;
    private final SecretBox box;
    private final AuditStore audit;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    public BackupApi(Database database, SecretBox box, AuditStore audit, InstantSource clock) {
        this.database = database;
        this.box = box;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.post(Request.API + "/backup", "backup.write", this::backup));
    }

    record NewBackup(@Nullable String passphrase) {}

    private void backup(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        String passphrase = passphrase(request);
        if (!one.tryAcquire()) throw Problem.conflict("a backup is being made already");
        try {
            Instant now = clock.instant();
            database.transaction(tx -> {
                audit.add(tx, now, request.deed("backup", "database", passphrase == null ? null : "with the key"));
                return now;
            });
            exchange.answerHeader("Content-Disposition", "attachment; filename=\"bulwark-backup.zip\"");
            try (var out = exchange.answerStream(200, "application/octet-stream")) {
                Backup.write(database.source(), out, now, Progress.unseen(), attachments(passphrase));
            }
        } finally {
            one.release();
        }
    }

    private static @Nullable String passphrase(Request request) throws IOException {
        String given = request.body(NewBackup.class).passphrase();
        if (given == null) return null;
        var check = new BodyCheck();
        if (given.length() < SHORTEST) check.wrong("passphrase", "expected at least " + SHORTEST + " characters");
        if (given.length() > LONGEST) check.wrong("passphrase", "expected at most " + LONGEST + " characters");
        check.done();
        return given;
    }

    private Attachment[] attachments(@Nullable String passphrase) {
        var fingerprint = new Attachment(BackupKey.FINGERPRINT, box.fingerprint());
        return passphrase == null
                ? new Attachment[] {fingerprint}
                : new Attachment[] {fingerprint, new Attachment(BackupKey.SEALED, box.underPassphrase(passphrase))};
    }
}

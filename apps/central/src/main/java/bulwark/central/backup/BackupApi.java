package bulwark.central.backup;

import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.http.Exchange;
import bulwark.http.Problem;
import bulwark.http.Route;
import bulwark.store.backup.Backup;
import bulwark.store.backup.Progress;
import bulwark.store.database.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

/// A consistent backup of every row, written to the caller as it is read. What is sealed in it can be opened only with
/// the key file, which is not in it.
public final class BackupApi {
    private final Database database;
    private final AuditStore audit;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    public BackupApi(Database database, AuditStore audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.post(Request.API + "/backup", "backup.write", this::backup));
    }

    private void backup(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        if (!one.tryAcquire()) throw Problem.conflict("a backup is being made already");
        try {
            Instant now = clock.instant();
            database.transaction(tx -> {
                audit.add(tx, now, request.deed("backup", "database", null));
                return now;
            });
            exchange.answerHeader("Content-Disposition", "attachment; filename=\"bulwark-backup.zip\"");
            try (var out = exchange.answerStream(200, "application/octet-stream")) {
                Backup.write(database.source(), out, now, Progress.unseen());
            }
        } finally {
            one.release();
        }
    }
}

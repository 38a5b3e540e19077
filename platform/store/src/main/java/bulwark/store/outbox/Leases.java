package bulwark.store.outbox;

import bulwark.store.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// What only one process may do at a time, as rows: who holds a lease keeps it by renewing, and loses it when it does
/// not. Clocks of the processes are trusted to differ by less than a lease's length.
public final class Leases {
    private final Database database;
    private final String owner;
    private final Clock clock;

    /// `owner` names this process, and no other.
    public Leases(Database database, String owner, Clock clock) {
        this.database = database;
        this.owner = owner;
        this.clock = clock;
    }

    /// Takes the lease where it is free, over, or ours already (which renews it); false where another holds it.
    public boolean acquire(String name, Duration length) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return database.transaction(sql -> sql.execute("""
                        insert into lease (name, owner, expires_at) values (?, ?, ?)
                        on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at
                        where lease.owner = excluded.owner or lease.expires_at <= ?
                        """, name, owner, now.plus(length), now) == 1);
    }

    /// Keeps a lease that is ours and not over; false where it is lost.
    public boolean renew(String name, Duration length) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return database.transaction(sql -> sql.execute(
                        "update lease set expires_at = ?" + " where name = ? and owner = ? and expires_at > ?",
                        now.plus(length),
                        name,
                        owner,
                        now)
                == 1);
    }

    /// Gives back what is ours.
    public void release(String name) {
        database.sql().execute("delete from lease where name = ? and owner = ?", name, owner);
    }
}

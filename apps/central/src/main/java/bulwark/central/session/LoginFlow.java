package bulwark.central.session;

import bulwark.base.secret.Passwords;
import bulwark.central.access.Caller;
import bulwark.central.access.Deed;
import bulwark.central.access.Secrets;
import bulwark.central.audit.AuditStore;
import bulwark.model.access.AccessScope;
import bulwark.store.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Signing in: throttled by where it comes from and by whom it names, then the password, then a session.
public final class LoginFlow {
    private static final String NOBODY = Passwords.hash("nobody has this password");

    private final Database database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final LoginFailureStore failures;
    private final AuditStore audit;
    private final InstantSource clock;
    private final LoginLimits limits;
    private final Semaphore checks;

    public LoginFlow(Database database, AuditStore audit, InstantSource clock) {
        this(database, audit, clock, LoginLimits.USUAL);
    }

    LoginFlow(Database database, AuditStore audit, InstantSource clock, LoginLimits limits) {
        this.database = database;
        this.accounts = new AccountStore(database.sql());
        this.sessions = new SessionStore(database.sql());
        this.failures = new LoginFailureStore(database.sql());
        this.audit = audit;
        this.clock = clock;
        this.limits = limits;
        this.checks = new Semaphore(limits.sideBySide());
    }

    /// How signing in went.
    sealed interface Outcome {
        /// With the cookie's secret.
        record SignedIn(Caller caller, String secret) implements Outcome {}

        /// Which of name and password was wrong is not said.
        record Refused() implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}
    }

    Outcome signIn(String userName, String password, String address) throws InterruptedException {
        Instant now = clock.instant();
        String byAddress = "address " + address;
        String byAccount = "account " + userName;
        List<String> sources = List.of(byAddress, byAccount);
        UUID attempt = failures.note(sources, now);
        Instant since = now.minus(limits.window());
        if (failures.count(byAddress, since) > limits.perAddress()
                || failures.count(byAccount, since) > limits.perAccount()) {
            failures.forget(sources, attempt);
            return new Outcome.Throttled(limits.window());
        }
        Optional<AccountStore.Account> account = accounts.find(userName);
        boolean right = matches(
                password, account.map(AccountStore.Account::passwordHash).orElse(NOBODY));
        if (account.isEmpty() || !right) {
            noteRefusal(userName, address, now);
            return new Outcome.Refused();
        }
        failures.forget(sources, attempt);
        return open(account.get(), address, now);
    }

    private boolean matches(String password, String hash) throws InterruptedException {
        checks.acquire();
        try {
            return Passwords.matches(password, hash);
        } finally {
            checks.release();
        }
    }

    private Outcome open(AccountStore.Account account, String address, Instant now) {
        String secret = Secrets.next();
        String csrfToken = Secrets.next();
        Instant expiresAt = now.plus(limits.session());
        database.transaction(tx -> {
            sessions.add(tx, new SessionStore.Opened(secret, csrfToken, account.name(), now, expiresAt));
            audit.add(tx, now, new Deed(account.name(), "login", "session", null, address));
            return true;
        });
        return new Outcome.SignedIn(
                new Caller(account.name(), account.role(), AccessScope.EVERYTHING, csrfToken, expiresAt), secret);
    }

    private void noteRefusal(String userName, String address, Instant now) {
        // the name may be a password typed into the wrong field, so that it is not kept
        String actor = accounts.find(userName).isPresent() ? userName : "unknown user";
        database.transaction(tx -> {
            audit.add(tx, now, new Deed(actor, "login refused", "session", null, address));
            return true;
        });
    }

    void signOut(Caller caller, String secret, String address) {
        database.transaction(tx -> {
            sessions.delete(tx, secret);
            audit.add(tx, clock.instant(), new Deed(caller.name(), "logout", "session", null, address));
            return true;
        });
    }

    /// Whose session a cookie is, if it has not ended.
    public Optional<Caller> caller(String secret) {
        return sessions.find(secret, clock.instant());
    }

    /// Forgets sessions and failures whose time is over.
    public void clean() {
        Instant now = clock.instant();
        sessions.deleteExpired(now);
        failures.deleteOld(now.minus(limits.window()));
    }
}

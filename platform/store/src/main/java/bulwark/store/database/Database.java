package bulwark.store.database;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL database with its tables up to date.
public final class Database implements AutoCloseable {
    /// What is done in one transaction; may be run more than once, so it changes nothing but the database.
    public interface Work<T> {
        T run(DSLContext sql) throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int OLDEST_MAJOR = 17;
    private static final int ATTEMPTS = 6;
    private static final String NOT_AUTHORIZED = "28"; // classes of SQLSTATE
    private static final String NO_SUCH_DATABASE = "3D";

    private final HikariDataSource source;
    private final Configuration configuration;
    private final DSLContext sql;

    private Database(HikariDataSource source) {
        this.source = source;
        this.configuration = new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                // else a time in a plain statement is bound as a text, which PostgreSQL compares with no timestamptz
                .set(new Settings().withBindOffsetDateTimeType(true))
                .set(new DefaultExecuteListenerProvider(new ShortFailures()))
                .set(new Connections(source));
        this.sql = DSL.using(configuration);
    }

    /// Connects and brings the tables up to date.
    public static Database open(DatabaseAddress address, DatabaseSettings settings, Metrics metrics) {
        Database database = openUnprepared(address, settings, metrics);
        try {
            Migrations.apply(database.source, settings.migrations());
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /// Connects and leaves the tables as they are.
    public static Database openUnprepared(DatabaseAddress address, DatabaseSettings settings, Metrics metrics) {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        HikariDataSource source = connect(address, settings, metrics);
        try {
            checkVersion(source);
            return new Database(source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static HikariDataSource connect(DatabaseAddress address, DatabaseSettings settings, Metrics metrics) {
        var config = new HikariConfig();
        config.setPoolName("bulwark");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(Math.min(2, settings.connections()));
        config.setConnectionTimeout(settings.connectionWait().toMillis());
        config.setValidationTimeout(Math.min(5_000, settings.connectionWait().toMillis()));
        config.setInitializationFailTimeout(10_000);
        config.setMetricRegistry(metrics.registry());
        config.addDataSourceProperty("ApplicationName", "bulwark");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + settings.statementTimeout().toMillis()
                        + " -c idle_in_transaction_session_timeout=120000 -c timezone=UTC"
                        // how a list is best read depends on what it is filtered by
                        + " -c plan_cache_mode=force_custom_plan");
        refuseAtOnce(address);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw refused(address, e);
        }
    }

    /// The pool waits for a server that does not answer yet; one that does not know us will not later.
    private static void refuseAtOnce(DatabaseAddress address) {
        var login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password());
        login.setProperty("connectTimeout", "5");
        try {
            DriverManager.getConnection(address.jdbcUrl(), login).close();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith(NOT_AUTHORIZED) || state.startsWith(NO_SUCH_DATABASE)) throw refused(address, e);
        }
    }

    private static UserError refused(DatabaseAddress address, Exception failure) {
        return new UserError(
                "database " + address.jdbcUrl().replaceAll("\\?.*", ""),
                "a PostgreSQL that takes connections",
                "it does not: " + StoreException.of((Throwable) failure).getMessage(),
                "check that it runs, its address, user and password",
                failure);
    }

    private static void checkVersion(DataSource source) {
        try (Connection connection = source.getConnection()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST_MAJOR) {
                throw new UserError(
                        "database",
                        "PostgreSQL " + OLDEST_MAJOR + " or newer",
                        "it is PostgreSQL " + major,
                        "upgrade it or give another with BULWARK_DB_URL");
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// For single statements, each its own transaction.
    public DSLContext sql() {
        return sql;
    }

    /// The pool itself, for COPY and other work below jOOQ.
    public DataSource source() {
        return source;
    }

    /// Runs the work in one transaction and commits it. It is run again after a conflict with another transaction, and
    /// after a broken connection where the commit was not yet asked for, since only then it is known not to have
    /// happened.
    public <T> T transaction(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            var progress = new Progress();
            try {
                return once(work, progress);
            } catch (StoreException e) {
                boolean lost = e.isConnectionLost() && progress.connected && !progress.commitAsked;
                boolean again = e.isConflict() || lost;
                if (!again || attempt == ATTEMPTS) throw e;
                log.atDebug()
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("state", e.sqlState())
                        .log("a transaction is run again");
                pause(attempt);
            }
        }
    }

    private static final class Progress {
        private boolean connected; // while it is not, the pool has waited for a connection already
        private boolean commitAsked;
    }

    private <T> T once(Work<T> work, Progress progress) {
        try (Connection connection = source.getConnection()) {
            progress.connected = true;
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(DSL.using(configuration.derive(new DefaultConnectionProvider(connection))));
                progress.commitAsked = true;
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) rollBack(connection);
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        } catch (DataAccessException e) {
            // what is done below jOOQ, on its connection, fails without passing by its listeners
            throw e.getCause() instanceof SQLException ? StoreException.of(e) : e;
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.atDebug().addKeyValue("state", e.getSQLState()).log("a broken connection could not be rolled back");
        }
    }

    private static void pause(int attempt) {
        long longest = 20L << attempt;
        try {
            TimeUnit.MILLISECONDS.sleep(
                    longest / 2 + ThreadLocalRandom.current().nextLong(longest));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two attempts of a transaction");
        }
    }

    @Override
    public void close() {
        source.close();
    }

    /// Says in our own words that no connection can be had.
    private static final class Connections extends DataSourceConnectionProvider {
        Connections(DataSource source) {
            super(source);
        }

        @Override
        public Connection acquire() {
            try {
                return dataSource().getConnection();
            } catch (SQLException e) {
                throw StoreException.of(e);
            }
        }
    }

    /// Replaces the driver's failures, which may quote data, by short ones.
    private static final class ShortFailures implements ExecuteListener {
        @Override
        public void exception(ExecuteContext context) {
            SQLException failure = context.sqlException();
            if (failure != null) context.exception(StoreException.of(failure));
        }
    }
}

package bulwark.store.postgres;

import java.util.ArrayList;
import java.util.List;

/// How an embedded server is set up: modest in memory and idle processes, never unsafe.
///
/// `durable` false turns fsync off, for tests only: then a crash of the machine loses data.
public record PostgresSettings(int sharedBuffersMegabytes, int connections, boolean durable) {
    /// Central's server.
    public static final PostgresSettings DEFAULT = new PostgresSettings(128, 60, true);

    /// Servers that live as long as a test run.
    public static final PostgresSettings FOR_TESTS = new PostgresSettings(64, 100, false);

    public PostgresSettings {
        if (sharedBuffersMegabytes < 16) throw new IllegalArgumentException("shared buffers below 16 MB");
        if (connections < 10) throw new IllegalArgumentException("fewer than 10 connections");
    }

    List<String> arguments(int major, int port) {
        var arguments = new ArrayList<String>();
        set(arguments, "listen_addresses", "127.0.0.1");
        set(arguments, "port", Integer.toString(port));
        set(arguments, "unix_socket_directories", "");
        set(arguments, "shared_buffers", sharedBuffersMegabytes + "MB");
        set(arguments, "max_connections", Integer.toString(connections));
        set(arguments, "password_encryption", "scram-sha-256");
        set(arguments, "timezone", "UTC");
        set(arguments, "log_timezone", "UTC");
        set(arguments, "jit", "off");
        set(arguments, "wal_level", "minimal");
        set(arguments, "max_wal_senders", "0");
        set(arguments, "wal_compression", "on");
        set(arguments, "max_wal_size", "1GB");
        set(arguments, "checkpoint_timeout", "15min");
        set(arguments, "random_page_cost", "1.1");
        set(arguments, "max_parallel_workers_per_gather", "1");
        // what is stored belongs to others: no statement and no detail (which quotes rows) is logged
        set(arguments, "log_min_error_statement", "panic");
        set(arguments, "log_error_verbosity", "terse");
        set(arguments, "log_checkpoints", "off");
        set(arguments, "logging_collector", "off");
        set(arguments, "lc_messages", "C");
        if (major >= 18) set(arguments, "io_method", "sync");
        if (!durable) {
            set(arguments, "fsync", "off");
            set(arguments, "synchronous_commit", "off");
            set(arguments, "full_page_writes", "off");
        }
        return arguments;
    }

    private static void set(List<String> arguments, String name, String value) {
        arguments.add("-c");
        arguments.add(name + "=" + value);
    }
}

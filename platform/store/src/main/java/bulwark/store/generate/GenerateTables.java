package bulwark.store.generate;

import bulwark.base.FileTree;
import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.base.log.Logging;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.postgres.EmbeddedPostgres;
import bulwark.store.postgres.PostgresBinaries;
import bulwark.store.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/// A build step: applies migrations to a database of its own and writes jOOQ's classes for the tables.
///
/// Arguments: the folder of the migrations, the folder for the classes, their package. Nothing is done while the
/// migrations are those of the last time.
public final class GenerateTables {
    private static final String FORM = "1"; // raised when the way of generating changes

    private GenerateTables() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            throw new UserError(
                    "GenerateTables", "folder of migrations, target folder, package", "other arguments", "name three");
        }
        Logging.start("warn");
        Path migrations = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        String wanted = stamp(migrations, arguments[2]);
        Path stamp = target.resolve(".stamp");
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) return;
        generate(migrations, target, arguments[2]);
        Files.writeString(stamp, wanted);
    }

    private static void generate(Path migrations, Path target, String targetPackage) throws Exception {
        Path folder = Files.createTempDirectory("bulwark-tables-");
        PostgresBinaries binaries = PostgresBinaries.onClassPath(PostgresBinaries.userCache());
        try (var postgres = EmbeddedPostgres.start(folder, binaries, PostgresSettings.FOR_TESTS, Metrics.unseen())) {
            var address = new DatabaseAddress(postgres.url(), postgres.user(), postgres.password());
            var settings = DatabaseSettings.with("filesystem:" + migrations.toAbsolutePath());
            Database.open(address, settings, Metrics.unseen()).close();
            GenerationTool.generate(configuration(address, target, targetPackage));
        } finally {
            FileTree.delete(folder);
        }
    }

    private static Configuration configuration(DatabaseAddress address, Path target, String targetPackage) {
        var instants = new ForcedType().withName("INSTANT").withIncludeTypes("timestamp with time zone|timestamptz");
        return new Configuration()
                .withLogging(org.jooq.meta.jaxb.Logging.WARN)
                .withJdbc(new Jdbc()
                        .withDriver("org.postgresql.Driver")
                        .withUrl(address.jdbcUrl())
                        .withUser(address.user())
                        .withPassword(address.password()))
                .withGenerator(new Generator()
                        .withDatabase(new org.jooq.meta.jaxb.Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema("public")
                                .withOutputSchemaToDefault(true)
                                .withExcludes("flyway_.*")
                                .withIncludeRoutines(false) // those of extensions
                                .withForcedTypes(instants))
                        .withGenerate(new Generate()
                                .withRecords(true)
                                .withJavadoc(false)
                                .withComments(false)
                                .withGeneratedAnnotation(false)
                                .withGlobalCatalogReferences(false))
                        .withTarget(new Target()
                                .withPackageName(targetPackage)
                                .withDirectory(target.toString())
                                .withClean(true)));
    }

    private static String stamp(Path migrations, String targetPackage) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        digest.update((FORM + Constants.FULL_VERSION + targetPackage).getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(migrations)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                digest.update(migrations.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

import bulwark.store.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Path;

/// Unpacks PostgreSQL's programs for Central's image as Central itself would at its first start.
final class UnpackPostgres {
    private UnpackPostgres() {}

    public static void main(String[] arguments) throws IOException {
        PostgresBinaries.onClassPath(Path.of(arguments[0]));
    }
}

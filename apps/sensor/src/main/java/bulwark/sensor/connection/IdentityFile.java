package bulwark.sensor.connection;

import bulwark.base.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The identity in a file of the data folder; only its owner may read it, since the key is in it.
public record IdentityFile(Path folder) implements IdentityPlace {
    private Path file() {
        return folder.resolve("identity");
    }

    @Override
    public String where() {
        return file().toString();
    }

    @Override
    public Optional<SensorIdentity> load() throws IOException {
        if (!Files.exists(file())) return Optional.empty();
        return Optional.of(SensorIdentity.parse(Files.readString(file()), where()));
    }

    @Override
    public void save(SensorIdentity identity) throws IOException {
        Pem.writeOwnerOnly(file(), identity.text());
    }

    @Override
    public void delete() throws IOException {
        Files.deleteIfExists(file());
    }
}

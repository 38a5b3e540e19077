package bulwark.sensor.connection;

import java.io.IOException;
import java.util.Optional;

/// Where a Sensor keeps who it is between its starts. An [IOException] says that trying again may help.
public sealed interface IdentityPlace permits IdentityFile, IdentitySecret {
    /// Its name, for messages.
    String where();

    /// The identity kept; empty where this Sensor has not joined yet.
    Optional<SensorIdentity> load() throws IOException;

    /// Keeps the identity: safe before this returns.
    void save(SensorIdentity identity) throws IOException;

    /// Forgets it, after its cluster was removed.
    void delete() throws IOException;
}

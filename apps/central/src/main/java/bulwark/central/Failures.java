package bulwark.central;

import bulwark.central.filter.FilterException;
import bulwark.http.Problem;
import bulwark.store.database.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller is told of Central's own exceptions.
final class Failures {
    private Failures() {}

    /// Null for what is a fault of ours.
    static @Nullable Problem problem(Exception failure) {
        if (failure instanceof FilterException filter) {
            return Problem.invalid(List.of(new Problem.FieldError(filter.parameter(), filter.getMessage() + "")));
        }
        if (failure instanceof StoreException store) {
            if (store.isConnectionLost()) return Problem.unavailable("the database does not answer now");
            if (store.isDiskFull()) return Problem.unavailable("the disk of the database is full: free some space");
            if (store.isDuplicate()) return Problem.conflict("there is one of this name already");
        }
        return null;
    }
}

package bulwark.cli.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Ends a command with one line for the person: where, what came, what to do.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }

    /// A file or folder that could not be used.
    public static CommandFailure of(Path file, IOException failure) {
        String reason = switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission is denied; change its owner or mode, or name another";
            case FileAlreadyExistsException _, NotDirectoryException _ ->
                "expected a folder, a file is in its place; name another";
            case FileSystemException told when told.getReason() != null -> told.getReason() + "";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
        return new CommandFailure(file + ": " + reason);
    }
}

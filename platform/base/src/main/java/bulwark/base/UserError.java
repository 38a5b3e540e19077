package bulwark.base;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that the person at the keyboard can mend. A `main` prints it as one line, without a stack trace.
///
/// The line says where it happened, what was expected, what came, and what to do:
/// `port 8443: expected it to be free, but another process listens there; choose another with --port`.
public final class UserError extends RuntimeException {
    private static final int LONGEST = 600;

    public UserError(String where, String expected, String came, String whatToDo) {
        super(oneLine(where + ": expected " + expected + ", but " + came + "; " + whatToDo));
    }

    public UserError(String where, String expected, String came, String whatToDo, Throwable cause) {
        super(oneLine(where + ": expected " + expected + ", but " + came + "; " + whatToDo), cause);
    }

    /// The error in a person's words where it is one that a person can mend: a port in use, a full disk, a missing
    /// permission, a missing file. Null where it is something else.
    public static @Nullable UserError of(String where, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError error) return error;
            if (cause instanceof IOException || cause instanceof ReadOnlyFileSystemException) {
                UserError error = ofInputOutput(where, cause);
                if (error != null) return error;
            }
        }
        return null;
    }

    private static @Nullable UserError ofInputOutput(String where, Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof BindException && text.contains("in use")) {
            return new UserError(
                    where,
                    "a free port",
                    "another process listens there",
                    "stop that process or choose another port",
                    failure);
        }
        if (failure instanceof BindException) {
            return new UserError(
                    where,
                    "an address that this machine may listen on",
                    failure.getMessage() + "",
                    "choose another address or port",
                    failure);
        }
        if (text.contains("no space left") || text.contains("disk quota exceeded")) {
            return new UserError(
                    where, "room to write", "the disk is full", "free some space and start again", failure);
        }
        if (failure instanceof ReadOnlyFileSystemException || text.contains("read-only file system")) {
            return new UserError(
                    where, "a folder to write to", "the file system is read-only", "name another folder", failure);
        }
        if (failure instanceof AccessDeniedException
                || text.contains("permission denied")
                || text.contains("operation not permitted")) {
            return new UserError(
                    where,
                    "permission to read and write",
                    "it was denied: " + failure.getMessage(),
                    "change owner or mode, or run as another user",
                    failure);
        }
        if (failure instanceof FileAlreadyExistsException
                || failure instanceof NotDirectoryException
                || text.contains("not a directory")) {
            return new UserError(
                    where, "a folder", "a file is in its place: " + failure.getMessage(), "name another", failure);
        }
        if (failure instanceof NoSuchFileException) {
            return new UserError(where, "a file", "there is none: " + failure.getMessage(), "check the path", failure);
        }
        if (failure instanceof UnknownHostException) {
            return new UserError(
                    where,
                    "a host that can be found",
                    "its name is unknown: " + failure.getMessage(),
                    "check the name and the network",
                    failure);
        }
        return null;
    }

    /// Prints one line for whatever ended a `main` and returns the exit status. What is not a person's to mend is
    /// told with its type, so that a report about it can be understood.
    public static int print(String program, Throwable failure, PrintStream to) {
        UserError error = of(place(failure), failure);
        to.println(program + ": " + (error == null ? oneLine(failure.toString()) : error.getMessage()));
        return error == null ? 70 : 1;
    }

    // where it happened, as far as the failure itself says
    private static String place(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException of && of.getFile() != null) return of.getFile();
        }
        return "starting";
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s*\\R\\s*", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}

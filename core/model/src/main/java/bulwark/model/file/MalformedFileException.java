package bulwark.model.file;

/// A file or message is damaged, hostile or past a limit. The message says where, what was expected and, where it is
/// no secret, what came; the catcher records it beside the result and goes on with the next file.
public final class MalformedFileException extends Exception {
    private final String path;
    private final int line;

    /// `line` counts from 1; 0 where the format has no lines.
    public MalformedFileException(String path, int line, String expected) {
        super((line > 0 ? path + ":" + line : path) + ": expected " + expected);
        this.path = path;
        this.line = line;
    }

    /// Which file.
    public String path() {
        return path;
    }

    /// The line, from 1; 0 where there is none.
    public int line() {
        return line;
    }
}

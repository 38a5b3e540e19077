package bulwark.cli.api;

/// Ends a command with one line for the person: where, what came, what to do.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }
}

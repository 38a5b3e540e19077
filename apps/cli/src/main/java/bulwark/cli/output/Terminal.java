package bulwark.cli.output;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The person at the terminal, where there is one.
public final class Terminal {
    private Terminal() {}

    /// Whether somebody can be asked.
    public static boolean isThere() {
        return console() != null;
    }

    /// Asks a question; only `y` and `yes` agree. Nobody there is a no.
    public static boolean agrees(String question) {
        Console console = console();
        if (console == null) return false;
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null) return false;
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    /// Reads a secret without showing it; empty where nobody is there.
    public static String secret(String prompt) {
        Console console = console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        return typed == null ? "" : new String(typed).strip();
    }

    @SuppressWarnings("SystemConsoleNull") // null in a runtime without the module jdk.internal.le
    private static @Nullable Console console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }
}

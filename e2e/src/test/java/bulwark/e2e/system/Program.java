package bulwark.e2e.system;

import java.util.ArrayList;
import java.util.List;

/// Central or Sensor as a process of its own, run to its end.
public final class Program {
    private static final int SECONDS = 120;

    private Program() {}

    /// Runs a main class with these words; `environment` holds `NAME=VALUE` to be added.
    public static Shell.Outcome run(String main, List<String> environment, String... words) {
        return run(List.of(), main, environment, words);
    }

    /// The same behind the words of another program, which starts it.
    public static Shell.Outcome run(List<String> before, String main, List<String> environment, String... words) {
        List<String> command = new ArrayList<>(before);
        command.add("env");
        command.addAll(environment);
        command.addAll(java(main));
        command.addAll(List.of(words));
        return Shell.run(command, null, SECONDS);
    }

    static List<String> java(String main) {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main);
    }
}

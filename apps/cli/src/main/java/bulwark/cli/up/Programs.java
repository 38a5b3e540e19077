package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How Central and Sensor are started from this tree, and how a helper program is run to its end.
final class Programs {
    private Programs() {}

    static List<String> central(String... arguments) {
        return java("central", "bulwark.central.Main", List.of("-Xmx640m", "-XX:+UseSerialGC"), arguments);
    }

    static List<String> sensor(String... arguments) {
        return java("sensor", "bulwark.sensor.Main", List.of("-Xmx448m", "-XX:+UseSerialGC"), arguments);
    }

    static List<String> cluster(String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Instance.home().resolve("deploy/local/cluster").toString());
        words.addAll(List.of(arguments));
        return words;
    }

    private static List<String> java(String app, String main, List<String> flags, String... arguments) {
        Path target = Instance.home().resolve("apps").resolve(app).resolve("target");
        Path jar = target.resolve(app + "-0.1.0.jar");
        if (!Files.exists(jar)) throw new CommandFailure(jar + " is missing: `./bulwark build` makes it");
        String home = System.getenv("JAVA_HOME");
        if (home == null) throw new CommandFailure("JAVA_HOME is not set: start this by ./bulwark of the source tree");
        List<String> words = new ArrayList<>();
        words.add(home + "/bin/java");
        words.addAll(flags);
        words.add("-XX:+UseCompactObjectHeaders");
        words.add("--enable-native-access=ALL-UNNAMED");
        words.addAll(List.of("-cp", jar + ":" + target.resolve("lib") + "/*", main));
        words.addAll(List.of(arguments));
        return words;
    }

    /// Runs a program with this terminal for its output; its exit status.
    static int run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new CommandFailure(command.getFirst() + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    /// Runs a program and returns what it wrote to its standard output.
    static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) throw new CommandFailure(command.getFirst() + " failed with status " + status);
            return text;
        } catch (IOException e) {
            throw new CommandFailure(command.getFirst() + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }
}

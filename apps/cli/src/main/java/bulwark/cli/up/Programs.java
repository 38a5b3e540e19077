package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// How Central and Sensor are started from this tree, and how a helper program is run to its end.
final class Programs {
    private static final int OLDEST_JAVA = 25;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

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
        List<String> words = new ArrayList<>();
        words.add(java().toString());
        words.addAll(flags);
        words.add("-XX:+UseCompactObjectHeaders");
        words.add("--enable-native-access=ALL-UNNAMED");
        words.addAll(List.of("-cp", jar + ":" + target.resolve("lib") + "/*", main));
        words.addAll(List.of(arguments));
        return words;
    }

    /// The Java of `JAVA_HOME`, which the launcher sets; an older one would end in a stack trace.
    private static Path java() {
        String home = System.getenv("JAVA_HOME");
        if (home == null) throw new CommandFailure("JAVA_HOME is not set: start this by ./bulwark of the source tree");
        try {
            var version = VERSION.matcher(Files.readString(Path.of(home, "release")));
            if (version.find() && Integer.parseInt(version.group(1)) >= OLDEST_JAVA) return Path.of(home, "bin/java");
        } catch (IOException e) {
            // no JDK either; told below
        }
        throw new CommandFailure("JAVA_HOME=" + home + ": expected a JDK " + OLDEST_JAVA
                + " or newer; set it to one, or start this by ./bulwark of the source tree, which finds one");
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

    /// Runs a program and returns what it wrote to its standard output. The last line that it wrote to the other one
    /// becomes the failure, without the program's name.
    static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            var errors = new AtomicReference<>("");
            Thread reader = Thread.ofVirtual().start(() -> errors.set(all(process.getErrorStream())));
            String text = all(process.getInputStream());
            int status = process.waitFor();
            reader.join();
            if (status == 0) return text;
            String said = errors.get().lines().reduce("", (_, line) -> line);
            throw new CommandFailure(
                    said.isBlank()
                            ? command.getFirst() + " ended with status " + status
                            : said.replaceFirst("^[a-z-]+: ", ""));
        } catch (IOException e) {
            throw new CommandFailure(command.getFirst() + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private static String all(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

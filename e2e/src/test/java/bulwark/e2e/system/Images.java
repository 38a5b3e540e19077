package bulwark.e2e.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/// The container images, made as `./bulwark image` makes them of what this build left.
public final class Images {
    private static final Path ROOT = Path.of(System.getProperty("bulwark.root"));

    private Images() {}

    /// One image: its digest and the archive that holds it.
    public record Image(String name, String digest, Path archive) {}

    /// Skips the test where images cannot be made.
    public static void require() {
        boolean debian =
                Files.isExecutable(Path.of("/usr/bin/apt-get")) && Files.isExecutable(Path.of("/usr/bin/dpkg-deb"));
        Assumptions.assumeTrue(debian, "no apt-get and dpkg-deb here: images are made from Debian packages");
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "images are made on amd64");
    }

    /// Makes the images of both apps, by the app's name, with `tools` for what is kept between builds.
    public static Map<String, Image> make(Path tools) {
        String output = Shell.output(
                List.of(ROOT.resolve("deploy/images/build.sh").toString(), ROOT.toString(), tools.toString()));
        Map<String, Image> images = new TreeMap<>();
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", 3);
            String app = words[0].replaceAll("^bulwark/|:.*$", "");
            images.put(app, new Image(words[0], words[1], Path.of(words[2])));
        }
        return images;
    }
}

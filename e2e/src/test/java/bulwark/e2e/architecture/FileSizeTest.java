package bulwark.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// No source file is longer than 500 lines but those that `size-exceptions.txt` names with their reason.
class FileSizeTest {
    private static final int LONGEST = 500;
    private static final Path ROOT = Path.of(System.getProperty("bulwark.root"));
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist", ".git", ".bulwark");

    @Test
    void noSourceFileIsLongerThan500Lines() throws IOException {
        Set<String> excepted = new HashSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("size-exceptions.txt"))) {
            if (!line.startsWith("#") && !line.isBlank()) excepted.add(line.split(" ", 2)[0]);
        }

        List<String> tooLong = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = ROOT.relativize(file).toString();
                if (name.matches(".*\\.(java|ts|tsx|mjs|sh|proto|sql|css)|bulwark")
                        && !excepted.contains(name)
                        && !name.equals("ui/src/api/schema.ts")) { // generated from the contract
                    int lines = Files.readAllLines(file).size();
                    if (lines > LONGEST) tooLong.add(name + ": " + lines + " lines");
                }
                return FileVisitResult.CONTINUE;
            }
        });

        assertThat(tooLong).isEmpty();
    }
}

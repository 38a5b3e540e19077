package bulwark.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A single-page application's files from the class path.
///
/// Files below `assets/` have a hash in their names and may be kept for ever; others are asked for again with their
/// ETag. A path without a file ending is a page of the application: it gets `index.html`.
public final class StaticFiles {
    private static final class File {
        private final byte[] content;
        private final byte @Nullable [] compressed;
        private final String contentType;
        private final String etag;

        private File(byte[] content, String contentType) throws IOException {
            this.content = content;
            this.contentType = contentType;
            this.etag = etag(content);
            this.compressed = Gzip.isWorthIt(contentType, content.length) ? Gzip.of(content) : null;
        }
    }

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("woff", "font/woff"));
    private static final String IMMUTABLE = "assets/";

    private final ClassLoader loader;
    private final String folder;
    // grows to the files that there are: only what was found is kept
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /// From the class-path folder `folder`, say `ui`.
    public StaticFiles(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /// Answers GET and HEAD for a file; false where there is none.
    boolean answer(Exchange exchange) throws IOException {
        String path = exchange.path().substring(1);
        if (path.isEmpty()) path = "index.html";
        if (!isPlain(path)) return false;
        File file = find(path);
        if (file == null && isPage(path)) {
            path = "index.html";
            file = find(path);
        }
        if (file == null) return false;
        send(exchange, path, file);
        return true;
    }

    private static boolean isPlain(String path) {
        return path.matches("[A-Za-z0-9_@./-]{1,300}") && !path.contains("..") && !path.contains("//");
    }

    private static boolean isPage(String path) {
        return path.lastIndexOf('.') <= path.lastIndexOf('/') && !path.startsWith(IMMUTABLE);
    }

    private @Nullable File find(String path) throws IOException {
        File known = files.get(path);
        if (known != null) return known;
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(ending);
        if (type == null) return null;
        try (InputStream in = loader.getResourceAsStream(folder + "/" + path)) {
            if (in == null) return null;
            byte[] content = in.readAllBytes();
            var file = new File(content, type);
            files.put(path, file);
            return file;
        }
    }

    private static String etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void send(Exchange exchange, String path, File file) {
        boolean immutable = path.startsWith(IMMUTABLE);
        exchange.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
        exchange.header("ETag", file.etag);
        exchange.header("Vary", "Accept-Encoding");
        if (exchange.header("If-None-Match")
                .filter(tags -> tags.contains(file.etag))
                .isPresent()) {
            exchange.status(304);
            exchange.send(new byte[0]);
            return;
        }
        exchange.status(200);
        exchange.header("Content-Type", file.contentType);
        byte[] compressed = file.compressed;
        boolean gzip = compressed != null
                && Gzip.isAccepted(exchange.header("Accept-Encoding").orElse(""));
        if (gzip) exchange.header("Content-Encoding", "gzip");
        exchange.send(gzip && compressed != null ? compressed : file.content);
    }
}

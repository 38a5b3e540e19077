package bulwark.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// When and how an answer is compressed.
final class Gzip {
    private static final int SMALLEST = 1400; // one packet

    private Gzip() {}

    static boolean isWorthIt(String contentType, long length) {
        if (length < SMALLEST) return false;
        return contentType.startsWith("text/")
                || contentType.startsWith("application/json")
                || contentType.startsWith("application/problem+json")
                || contentType.startsWith("application/yaml")
                || contentType.startsWith("image/svg+xml");
    }

    /// Reads `Accept-Encoding` (RFC 9110 12.5.3) as far as gzip goes.
    static boolean isAccepted(String header) {
        for (String each : header.toLowerCase(Locale.ROOT).split(",", 32)) {
            String[] parts = each.strip().split(";", 2);
            boolean gzip = parts[0].strip().equals("gzip") || parts[0].strip().equals("*");
            if (gzip && (parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?"))) return true;
        }
        return false;
    }

    static byte[] of(byte[] body) throws IOException {
        var compressed = new ByteArrayOutputStream(body.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }
}

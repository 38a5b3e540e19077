package bulwark.store.database;

import bulwark.base.UserError;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a database is and who we are there.
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    /// From the value of `BULWARK_DB_URL`: `postgresql://user:password@host:5432/name?sslmode=verify-full`.
    public static DatabaseAddress parse(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        URI uri;
        try {
            uri = URI.create(plain);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
        boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!scheme
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) throw unreadable();
        String login = uri.getRawUserInfo();
        if (login == null || login.indexOf(':') < 1) throw unreadable();
        int colon = login.indexOf(':');
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseAddress(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                decode(login.substring(0, colon)),
                decode(login.substring(colon + 1)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static UserError unreadable() {
        return new UserError(
                "BULWARK_DB_URL",
                "postgresql://user:password@host:port/database",
                "it is something else (not shown, since it may hold a password)",
                "correct it");
    }

    @Override
    public String toString() {
        return "DatabaseAddress[" + jdbcUrl.replaceAll("\\?.*", "") + ", " + user + "]";
    }
}

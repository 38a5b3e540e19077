package bulwark.base.tls;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a certificate of ours names: a role and an id, in it as the URI `bulwark://<role>/<id>`, say
/// `bulwark://cluster/0198f0a2-…`.
public record Identity(String role, String id) {
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Integer URI_NAME = 6; // GeneralName, RFC 5280 4.2.1.6

    public Identity {
        if (!ROLE.matcher(role).matches()) throw new IllegalArgumentException("not a role: " + role);
        if (!ID.matcher(id).matches()) throw new IllegalArgumentException("not an identity: " + id);
    }

    public URI uri() {
        return URI.create("bulwark://" + role + "/" + id);
    }

    /// The identity in a certificate; empty where it has none or more than one.
    public static Optional<Identity> of(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException _) {
            return Optional.empty();
        }
        if (names == null) return Optional.empty();
        List<String> ours = names.stream()
                .filter(name -> URI_NAME.equals(name.getFirst()))
                .map(name -> (String) name.get(1))
                .filter(uri -> uri.startsWith("bulwark://"))
                .toList();
        return ours.size() == 1 ? parse(ours.getFirst()) : Optional.empty();
    }

    private static Optional<Identity> parse(String uri) {
        String[] parts = uri.substring("bulwark://".length()).split("/", -1);
        if (parts.length != 2
                || !ROLE.matcher(parts[0]).matches()
                || !ID.matcher(parts[1]).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Identity(parts[0], parts[1]));
    }
}

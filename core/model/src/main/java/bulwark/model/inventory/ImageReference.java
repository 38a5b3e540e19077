package bulwark.model.inventory;

import org.jspecify.annotations.Nullable;

/// An image as a container names it, with Docker Hub's short names expanded: `nginx` is
/// `docker.io/library/nginx:latest`. `tag` is empty where only a digest is given; `digest` is absent where none is.
/// `fullName` is the text as it stood. Grammar: <https://github.com/distribution/reference>
public record ImageReference(
        String fullName,
        String registry,
        String repository,
        String tag,
        @Nullable String digest) {
    /// Reads a reference; a text that is none (empty, blanks) becomes a reference with that text as its repository,
    /// since the API server accepts it and its user must see it.
    public static ImageReference parse(String text) {
        String rest = text.strip();
        String digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        if (tag.isEmpty() && digest == null) tag = "latest";
        String registry = "docker.io";
        String repository = rest;
        int slash = rest.indexOf('/');
        if (slash > 0 && isHost(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            repository = rest.substring(slash + 1);
        }
        if (registry.equals("index.docker.io")) registry = "docker.io";
        if (registry.equals("docker.io") && !repository.isEmpty() && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        return new ImageReference(text, registry, repository, tag, digest);
    }

    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    }
}

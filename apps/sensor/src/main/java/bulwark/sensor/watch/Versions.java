package bulwark.sensor.watch;

import bulwark.kubernetes.Tree;
import java.io.IOException;
import java.time.Duration;

/// Reads what list and watch themselves need of an object: its name and version.
public final class Versions {
    private Versions() {}

    /// `namespace/name`, the namespace empty for cluster-scoped objects.
    public static String name(Tree.Mapping object) {
        Tree metadata = object.entries().get("metadata");
        if (metadata == null) return "/";
        return ApiServer.text(metadata, "namespace") + "/" + ApiServer.text(metadata, "name");
    }

    /// The version as a number, by which the API server orders them; 0 where it is none.
    public static long number(Tree.Mapping object) {
        String version = of(object);
        if (version.isEmpty() || version.length() > 18) return 0;
        long number = 0;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c < '0' || c > '9') return 0;
            number = number * 10 + (c - '0');
        }
        return number;
    }

    static String of(Tree.Mapping object) {
        Tree metadata = object.entries().get("metadata");
        return metadata == null ? "" : ApiServer.text(metadata, "resourceVersion");
    }

    static IOException statusOf(Tree.Mapping status) {
        int code = status.entries().get("code") instanceof Tree.Numeral number
                        && number.literal().matches("\\d{3}")
                ? Integer.parseInt(number.literal())
                : 500;
        return new ApiStatusException(code, ApiServer.text(status, "message"), Duration.ZERO);
    }
}

package bulwark.policy;

import bulwark.model.policy.Policy;
import bulwark.policy.json.MalformedPolicyException;
import bulwark.policy.json.PolicyJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The policies that Bulwark ships: one file each among the resources, in StackRox's JSON. Their ids are made of their
/// keys, so that they stay the same from version to version.
public final class DefaultPolicies {
    private static final String FOLDER = "/bulwark/policy/defaults/";
    private static final String INDEX = "index.txt";

    private DefaultPolicies() {}

    /// All of them, in the order of the index.
    public static List<Policy> all() {
        var policies = new ArrayList<Policy>();
        for (String key : resource(INDEX).lines().toList()) policies.add(read(key));
        return List.copyOf(policies);
    }

    private static Policy read(String key) {
        try {
            return PolicyJson.read(resource(key + ".json")).getFirst();
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("the default policy " + key + " is malformed: " + e.getMessage(), e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = DefaultPolicies.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) throw new IllegalStateException("no resource " + FOLDER + name);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + FOLDER + name, e);
        }
    }
}

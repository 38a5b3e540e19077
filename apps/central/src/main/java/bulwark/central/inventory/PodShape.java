package bulwark.central.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import bulwark.model.inventory.Container;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.VolumeMount;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What the containers of a pod are, as one hash: pods of one shape need to be judged once.
///
/// The mount of the ServiceAccount's token is left out, since its volume has another random name in each pod.
final class PodShape {
    private static final String TOKEN_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private PodShape() {}

    static byte[] of(Pod pod) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Container container : pod.spec().containers()) {
                add(digest, container.name());
                add(digest, container.type().name());
                add(digest, container.image().fullName());
                add(digest, container.command().toString());
                add(digest, container.arguments().toString());
                add(digest, container.environment().toString());
                add(digest, container.environmentFrom().toString());
                add(digest, container.ports().toString());
                add(digest, container.resources().toString());
                add(digest, container.securityContext().toString());
                for (VolumeMount mount : container.volumeMounts()) {
                    if (!mount.mountPath().equals(TOKEN_MOUNT)) add(digest, mount.toString());
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(UTF_8));
        digest.update((byte) 0);
    }
}

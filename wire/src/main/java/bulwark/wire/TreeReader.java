package bulwark.wire;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import java.util.List;

/// Reads manifests, in whichever of JSON and YAML they are written.
public final class TreeReader {
    private final JsonTree json;
    private final YamlTree yaml;

    public TreeReader(KubernetesLimits limits) {
        this.json = new JsonTree(limits);
        this.yaml = new YamlTree(limits);
    }

    /// The documents of a file; `path` names it in messages. What begins like JSON and is none may still be YAML.
    public List<Tree> read(String path, byte[] manifest) throws MalformedFileException {
        if (beginsLikeJson(manifest)) {
            try {
                return List.of(json.read(path, manifest));
            } catch (MalformedFileException _) {
                return yaml.read(path, manifest);
            }
        }
        return yaml.read(path, manifest);
    }

    private static boolean beginsLikeJson(byte[] manifest) {
        for (byte b : manifest) {
            if (b == '{') return true;
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') return false;
        }
        return false;
    }
}

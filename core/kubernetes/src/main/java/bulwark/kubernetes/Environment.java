package bulwark.kubernetes;

import bulwark.model.inventory.Container.EnvironmentSource;
import bulwark.model.inventory.EnvironmentVariable;
import bulwark.model.inventory.EnvironmentVariable.Source;
import java.util.ArrayList;
import java.util.List;

/// Reads what a container finds in its environment. A written value is kept, since policies match it; a reference
/// becomes the text that names what it refers to.
final class Environment {
    private Environment() {}

    static List<EnvironmentVariable> variables(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var variables = new ArrayList<EnvironmentVariable>();
        for (Field entry : list.items(limits.environmentEntries())) {
            String name = entry.at("name").text("");
            Field reference = entry.at("valueFrom");
            variables.add(
                    reference.isPresent()
                            ? reference(name, reference)
                            : new EnvironmentVariable(
                                    name, Source.RAW, entry.at("value").text("")));
        }
        return variables;
    }

    private static EnvironmentVariable reference(String name, Field from) {
        Field secret = from.at("secretKeyRef");
        if (secret.isPresent()) return new EnvironmentVariable(name, Source.SECRET_KEY, keyOf(secret));
        Field configMap = from.at("configMapKeyRef");
        if (configMap.isPresent()) return new EnvironmentVariable(name, Source.CONFIG_MAP_KEY, keyOf(configMap));
        Field field = from.at("fieldRef");
        if (field.isPresent()) {
            return new EnvironmentVariable(
                    name, Source.FIELD, field.at("fieldPath").text(""));
        }
        Field resource = from.at("resourceFieldRef");
        if (resource.isPresent()) {
            String container = resource.at("containerName").text("");
            String text = resource.at("resource").text("");
            return new EnvironmentVariable(
                    name, Source.RESOURCE_FIELD, container.isEmpty() ? text : container + "/" + text);
        }
        Field file = from.at("fileKeyRef");
        if (file.isPresent()) {
            String text = String.join(
                    "/",
                    file.at("volumeName").text(""),
                    file.at("path").text(""),
                    file.at("key").text(""));
            return new EnvironmentVariable(name, Source.FILE_KEY, text);
        }
        return new EnvironmentVariable(name, Source.UNKNOWN, String.join(",", from.names()));
    }

    private static String keyOf(Field selector) {
        return selector.at("name").text("") + "/" + selector.at("key").text("");
    }

    static List<EnvironmentSource> sources(Field list, KubernetesLimits limits) {
        if (!list.isPresent()) return List.of();
        var sources = new ArrayList<EnvironmentSource>();
        for (Field entry : list.items(limits.environmentEntries())) {
            String prefix = entry.at("prefix").text("");
            Field configMap = entry.at("configMapRef");
            Field secret = entry.at("secretRef");
            if (configMap.isPresent()) {
                sources.add(new EnvironmentSource(
                        EnvironmentSource.Kind.CONFIG_MAP, configMap.at("name").text(""), prefix));
            }
            if (secret.isPresent()) {
                sources.add(new EnvironmentSource(
                        EnvironmentSource.Kind.SECRET, secret.at("name").text(""), prefix));
            }
        }
        return sources;
    }
}

package bulwark.policy.part;

import bulwark.model.inventory.EnvironmentVariable;
import java.util.List;

/// One environment variable of a container.
public final class VariablePart implements Part {
    private final ContainerPart container;
    private final EnvironmentVariable variable;
    private final int index;

    VariablePart(ContainerPart container, EnvironmentVariable variable, int index) {
        this.container = container;
        this.variable = variable;
        this.index = index;
    }

    /// The variable as the inventory has it.
    public EnvironmentVariable value() {
        return variable;
    }

    /// The word that policies have for where the value comes from.
    public String source() {
        return switch (variable.source()) {
            case RAW, SECRET_KEY, CONFIG_MAP_KEY, FIELD, RESOURCE_FIELD, UNKNOWN ->
                variable.source().name();
            case FILE_KEY -> "UNKNOWN"; // newer than the language of policies
        };
    }

    @Override
    public String container() {
        return container.container();
    }

    /// A finding that names the variable and where its value comes from, never the value: it may be the secret.
    public Finding finding() {
        return new Finding(
                container.path("env[" + index + "]"),
                source() + "=" + variable.name(),
                "Container '" + container() + "' has environment variable '" + variable.name() + "' (source " + source()
                        + ")");
    }

    @Override
    public List<? extends Part> parts(PartKind kind) {
        return List.of();
    }
}

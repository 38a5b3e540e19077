package bulwark.policy.criterion.container;

import bulwark.model.inventory.SecurityContext.SecurityProfile;
import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ContainerPart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// Which AppArmor profile confines a container: `unconfined`, `runtime/default` or `localhost/NAME`, as the annotation
/// writes it; empty where none is named.
public final class AppArmorProfile implements Criterion<ContainerPart> {
    private static final String FIELD = "securityContext.appArmorProfile";
    private static final String ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    @Override
    public Description description() {
        return Description.ofWorkload("AppArmor Profile", "The AppArmor profile matches a pattern", new Grammar.Text())
                .knowingBetter("The field appArmorProfile of container and pod is read beside the older annotation.");
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, AppArmorProfile::value);
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        String value = value(container);
        String said = "has AppArmor profile '" + value + "'";
        String annotation = ANNOTATION + container.container();
        var workload = container.workload();
        if (value.equals(workload.workload().podMetadata().annotations().get(annotation))) {
            return container.findingAt(workload.podAnnotationPath(annotation), value, said);
        }
        boolean fromPod = container.securityContext().appArmor() == null
                && container.podSpec().securityContext().appArmor() != null;
        return fromPod
                ? container.findingAt(workload.podPath(FIELD), value, said + " from its pod")
                : container.finding(FIELD, value, said);
    }

    private static String value(ContainerPart container) {
        SecurityProfile own = container.securityContext().appArmor();
        if (own != null) return word(own);
        SecurityProfile pod = container.podSpec().securityContext().appArmor();
        return pod == null ? "" : word(pod);
    }

    private static String word(SecurityProfile profile) {
        return switch (profile.type()) {
            case "Unconfined" -> "unconfined";
            case "RuntimeDefault" -> "runtime/default";
            case "Localhost" -> "localhost/" + profile.localhostProfile();
            default -> profile.type();
        };
    }
}

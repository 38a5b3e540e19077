package bulwark.kubernetes;

import bulwark.model.inventory.LabelSelector;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.Role;
import bulwark.model.inventory.RoleBinding;
import bulwark.model.inventory.RoleBinding.Subject;
import bulwark.model.inventory.ServiceAccount;
import java.util.ArrayList;

/// Reads who may do what: service accounts, roles and their bindings.
final class AccessObjects {
    private AccessObjects() {}

    static ServiceAccount serviceAccount(Field object, Metadata metadata, KubernetesLimits limits) {
        return new ServiceAccount(
                metadata,
                object.at("automountServiceAccountToken").truthOrNull(),
                PodSpecs.names(object.at("secrets"), limits),
                PodSpecs.names(object.at("imagePullSecrets"), limits));
    }

    static Role role(Field object, String kind, Metadata metadata, KubernetesLimits limits) {
        var rules = new ArrayList<Role.Rule>();
        for (Field rule : object.at("rules").items(limits.listEntries())) {
            rules.add(new Role.Rule(
                    rule.at("apiGroups").texts(limits.listEntries()),
                    rule.at("resources").texts(limits.listEntries()),
                    rule.at("resourceNames").texts(limits.listEntries()),
                    rule.at("verbs").texts(limits.listEntries()),
                    rule.at("nonResourceURLs").texts(limits.listEntries())));
        }
        var aggregates = new ArrayList<LabelSelector>();
        Field selectors = object.at("aggregationRule").at("clusterRoleSelectors");
        for (Field selector : selectors.items(limits.listEntries())) {
            aggregates.add(Workloads.selector(selector, limits));
        }
        return new Role(kind, metadata, rules, aggregates);
    }

    static RoleBinding binding(Field object, String kind, Metadata metadata, KubernetesLimits limits) {
        var subjects = new ArrayList<Subject>();
        for (Field subject : object.at("subjects").items(limits.listEntries())) {
            String subjectKind = subject.at("kind").text("");
            subjects.add(new Subject(
                    subjectKind,
                    subjectKind.equals("ServiceAccount")
                            ? subject.at("namespace").text("")
                            : "",
                    subject.at("name").text("")));
        }
        Field role = object.at("roleRef");
        return new RoleBinding(
                kind, metadata, role.at("kind").text(""), role.at("name").text(""), subjects);
    }
}

package bulwark.policy.json;

import bulwark.model.policy.EnforcementAction;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.MitreVector;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the fields of one policy. Fields that Bulwark does not know are read over, as other versions have them.
final class PolicyReader {
    private String id = "";
    private String name = "";
    private String description = "";
    private String rationale = "";
    private String remediation = "";
    private String version = "1.1";
    private boolean disabled;
    private boolean isDefault;
    private @Nullable Severity severity;
    private EventSource eventSource = EventSource.NOT_APPLICABLE;
    private List<String> categories = List.of();
    private List<String> notifiers = List.of();
    private List<LifecycleStage> stages = List.of();
    private List<EnforcementAction> enforcement = List.of();
    private final List<PolicySection> sections = new ArrayList<>();
    private final List<PolicyScope> scopes = new ArrayList<>();
    private final List<Exclusion> exclusions = new ArrayList<>();
    private final List<MitreVector> mitre = new ArrayList<>();

    static Policy read(Fields fields) throws IOException, MalformedPolicyException {
        var reader = new PolicyReader();
        String path = fields.path();
        while (fields.next()) reader.take(fields);
        return reader.build(path);
    }

    void take(Fields field) throws IOException, MalformedPolicyException {
        switch (field.name()) {
            case "id" -> id = field.text();
            case "name" -> name = field.text();
            case "description" -> description = field.text();
            case "rationale" -> rationale = field.text();
            case "remediation" -> remediation = field.text();
            case "disabled" -> disabled = field.flag();
            case "isDefault" -> isDefault = field.flag();
            case "severity" -> severity = field.word(Severity.class, "_SEVERITY");
            case "eventSource" -> eventSource = field.word(EventSource.class, "");
            case "categories" -> categories = field.texts();
            case "notifiers" -> notifiers = field.texts();
            case "lifecycleStages" -> stages = field.words(LifecycleStage.class, "");
            case "enforcementActions" -> enforcement = field.words(EnforcementAction.class, "_ENFORCEMENT");
            case "policyVersion" -> version = field.text().isEmpty() ? "1.1" : field.text();
            case "policySections" -> field.list((fields, _) -> sections.add(section(fields)));
            case "scope" -> field.list((fields, _) -> scopes.add(ScopeReader.scope(fields)));
            case "exclusions" -> field.list((fields, _) -> exclusions.add(ScopeReader.exclusion(fields)));
            case "mitreAttackVectors" -> field.list((fields, _) -> mitre.add(vector(fields)));
            case "evaluationFilter" -> field.object((fields, _) -> refuseFilter(fields));
            default -> field.skip();
        }
    }

    Policy build(String path) throws MalformedPolicyException {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (!version.equals("1.1")) throw new MalformedPolicyException(prefix + "policyVersion", "1.1", version);
        if (severity == null) throw new MalformedPolicyException(prefix + "severity", "a severity", "none");
        return new Policy(
                id,
                name,
                description,
                rationale,
                remediation,
                disabled,
                severity,
                categories,
                stages,
                eventSource,
                sections,
                scopes,
                exclusions,
                enforcement,
                mitre,
                notifiers,
                isDefault);
    }

    private static PolicySection section(Fields fields) throws IOException, MalformedPolicyException {
        String name = "";
        var groups = new ArrayList<PolicyGroup>();
        while (fields.next()) {
            switch (fields.name()) {
                case "sectionName" -> name = fields.text();
                case "policyGroups" -> fields.list((group, _) -> groups.add(group(group)));
                default -> fields.skip();
            }
        }
        return new PolicySection(name, groups);
    }

    private static PolicyGroup group(Fields fields) throws IOException, MalformedPolicyException {
        String field = "";
        var operator = PolicyGroup.Operator.OR;
        boolean negate = false;
        var values = new ArrayList<String>();
        while (fields.next()) {
            switch (fields.name()) {
                case "fieldName" -> field = fields.text();
                case "booleanOperator" -> operator = fields.word(PolicyGroup.Operator.class, "");
                case "negate" -> negate = fields.flag();
                case "values" -> fields.list((value, _) -> values.add(value(value)));
                default -> fields.skip();
            }
        }
        return new PolicyGroup(field, operator, negate, values);
    }

    private static String value(Fields fields) throws IOException, MalformedPolicyException {
        String value = "";
        while (fields.next()) {
            if (fields.name().equals("value")) value = fields.text();
            else fields.skip();
        }
        return value;
    }

    private static MitreVector vector(Fields fields) throws IOException, MalformedPolicyException {
        String tactic = "";
        List<String> techniques = List.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "tactic" -> tactic = fields.text();
                case "techniques" -> techniques = fields.texts();
                default -> fields.skip();
            }
        }
        return new MitreVector(tactic, techniques);
    }

    private static void refuseFilter(Fields fields) throws IOException, MalformedPolicyException {
        while (fields.next()) {
            if (fields.name().equals("skipContainerTypes") && !fields.texts().isEmpty()) {
                throw new MalformedPolicyException(
                        fields.path(), "none: leaving out kinds of containers is not built yet", "a list");
            }
        }
    }
}

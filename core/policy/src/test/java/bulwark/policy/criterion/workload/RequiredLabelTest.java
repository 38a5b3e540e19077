package bulwark.policy.criterion.workload;

class RequiredLabelTest extends RequiredEntries {
    RequiredLabelTest() {
        super("Required Label", "label", "labels");
    }
}

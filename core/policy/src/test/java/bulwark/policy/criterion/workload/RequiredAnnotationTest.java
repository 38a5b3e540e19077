package bulwark.policy.criterion.workload;

class RequiredAnnotationTest extends RequiredEntries {
    RequiredAnnotationTest() {
        super("Required Annotation", "annotation", "annotations");
    }
}

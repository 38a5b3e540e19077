package bulwark.policy;

/// Something wrong with a policy: which field (`sections[0].groups[1].values[0]`), what was expected, what came.
public record Problem(String field, String expected, String came) {
    /// Where, what was expected, what came.
    @Override
    public String toString() {
        return field + ": expected " + expected + ", came: " + came;
    }
}

package bulwark.policy.json;

/// A document is no policy: where, what was expected, what came.
public final class MalformedPolicyException extends Exception {
    /// Names the field or the line.
    public MalformedPolicyException(String where, String expected, String came) {
        super(where + ": expected " + expected + ", came: " + came);
    }
}

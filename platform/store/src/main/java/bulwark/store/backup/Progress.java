package bulwark.store.backup;

/// Told after each table.
public interface Progress {
    void table(String name, long rows, int done, int all);

    /// For those who do not look.
    static Progress unseen() {
        return (_, _, _, _) -> {};
    }
}

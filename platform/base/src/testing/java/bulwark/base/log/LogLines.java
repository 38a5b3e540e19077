package bulwark.base.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged while it is open, as the lines that a person reads.
public final class LogLines extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LineFormatter formatter = new LineFormatter();
    private final Logger root = Logger.getLogger("");

    public LogLines() {
        root.addHandler(this);
    }

    /// The lines so far.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// The lines so far in which a text occurs.
    public List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}

package bulwark.base.log;

import bulwark.base.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// One event as one line: time in UTC, level, what speaks, message, facts as `key=value`.
///
/// Control characters are written as escapes, so that nothing which comes from outside can forge a second line.
/// What a person can mend is told with its reason on the same line; for all else a stack trace follows, on lines that
/// begin with a tab.
final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord event) {
        var line = new StringBuilder(160)
                .append(TIME.format(event.getInstant()))
                .append(' ')
                .append(level(event.getLevel()))
                .append(' ')
                .append(speaker(event.getLoggerName()))
                .append(": ");
        escape(formatMessage(event), line);
        Throwable thrown = event.getThrown();
        UserError known = thrown == null ? null : UserError.of(speaker(event.getLoggerName()), thrown);
        if (known != null) {
            line.append(" reason=");
            escape(String.valueOf(known.getMessage()), line);
        }
        line.append('\n');
        if (thrown != null && known == null) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(each -> {
                line.append('\t');
                escape(each.strip(), line);
                line.append('\n');
            });
        }
        return line.toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) return "ERROR";
        if (level.intValue() >= Level.WARNING.intValue()) return "WARN ";
        return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    private static String speaker(@Nullable String logger) {
        if (logger == null) return "-";
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    static void escape(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') to.append("\\n");
            else if (c == '\r') to.append("\\r");
            else if (c == '\t') to.append("\\t");
            else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029')
                to.append("\\u%04x".formatted((int) c));
            else to.append(c);
        }
    }
}

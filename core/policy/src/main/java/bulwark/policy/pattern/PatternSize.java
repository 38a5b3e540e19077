package bulwark.policy.pattern;

import java.util.ArrayDeque;

/// How large a regex becomes once its counted repetitions are written out, estimated before it is compiled: nested
/// ones (`((a{99}){99}){99}`) multiply and would fill the memory.
///
/// It reads what could hide a repetition as RE2 does (`\Q…\E`, classes, a brace that counts nothing), and never less
/// than that.
final class PatternSize {
    private static final int LARGEST_COUNT = 1000; // RE2 refuses a larger one
    private final ArrayDeque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;

    private PatternSize() {}

    static long of(String pattern) {
        var size = new PatternSize();
        int at = 0;
        while (at < pattern.length()) at = size.take(pattern, at);
        for (long before : size.outer) size.add(before); // RE2 refuses what did not close; counted all the same
        return size.sum;
    }

    private int take(String pattern, int at) {
        switch (pattern.charAt(at)) {
            case '\\' -> {
                return escape(pattern, at);
            }
            case '[' -> {
                add(1);
                return CharacterClass.end(pattern, at);
            }
            case '(' -> {
                outer.push(sum);
                sum = 0;
            }
            case ')' -> {
                long inside = sum;
                sum = outer.isEmpty() ? 0 : outer.pop();
                add(inside + 1);
            }
            case '{' -> {
                int end = repetitionEnd(pattern, at + 1);
                if (end > 0) {
                    repeat(largest(pattern.substring(at + 1, end)));
                    sum += end + 1 - at; // where nothing stands before it, or it begins with a zero, it is a text
                    return end + 1;
                }
                add(1);
            }
            default -> add(1);
        }
        return at + 1;
    }

    private int escape(String pattern, int at) {
        if (!pattern.startsWith("\\Q", at)) {
            add(1);
            return at + 2;
        }
        int end = pattern.indexOf("\\E", at + 2);
        int stop = end < 0 ? pattern.length() : end;
        for (int i = at + 2; i < stop; i++) add(1);
        return end < 0 ? stop : end + 2;
    }

    /// Where the `}` of a counted repetition stands whose digits begin here; negative where the brace stands for
    /// itself.
    private static int repetitionEnd(String pattern, int from) {
        int at = from;
        int commas = 0;
        for (; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == ',') commas++;
            else if (c < '0' || c > '9') break;
        }
        boolean counts = at < pattern.length() && pattern.charAt(at) == '}' && at > from && commas <= 1;
        return counts ? at : -1;
    }

    private void add(long size) {
        last = size;
        sum = Math.min(sum + size, Long.MAX_VALUE / 4096);
    }

    private void repeat(long count) {
        long more = Math.max(last, 1) * Math.max(0, count - 1);
        last = Math.max(last, 1) + more;
        sum = Math.min(sum + more, Long.MAX_VALUE / 4096);
        last = Math.min(last, Long.MAX_VALUE / 4096);
    }

    private static long largest(String bounds) {
        long largest = 0;
        for (String bound : bounds.split(",", -1)) {
            largest = Math.max(largest, number(bound));
        }
        return largest;
    }

    private static long number(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = Math.min(number * 10 + (digits.charAt(i) - '0'), LARGEST_COUNT);
        }
        return number;
    }
}

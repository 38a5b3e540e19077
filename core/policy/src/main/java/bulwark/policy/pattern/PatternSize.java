package bulwark.policy.pattern;

import java.util.ArrayDeque;

/// How large a regex becomes once its counted repetitions are written out, estimated before it is compiled: nested
/// ones (`((a{99}){99}){99}`) multiply and would fill the memory.
final class PatternSize {
    private final ArrayDeque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;

    private PatternSize() {}

    static long of(String pattern) {
        var size = new PatternSize();
        int at = 0;
        while (at < pattern.length()) at = size.take(pattern, at);
        return size.sum;
    }

    private int take(String pattern, int at) {
        switch (pattern.charAt(at)) {
            case '\\' -> {
                add(1);
                return at + 2;
            }
            case '[' -> {
                add(1);
                int end = pattern.indexOf(']', at + 2);
                return end < 0 ? pattern.length() : end + 1;
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
                int end = pattern.indexOf('}', at);
                if (end > 0) {
                    repeat(largest(pattern.substring(at + 1, end)));
                    return end + 1;
                }
                add(1);
            }
            default -> add(1);
        }
        return at + 1;
    }

    private void add(long size) {
        last = size;
        sum = Math.min(sum + size, Long.MAX_VALUE / 4096);
    }

    private void repeat(long count) {
        long more = last * Math.max(0, count - 1);
        last += more;
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
        if (digits.isEmpty() || digits.length() > 4) return 0;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return 0;
        }
        return Long.parseLong(digits);
    }
}

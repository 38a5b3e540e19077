package bulwark.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A place in an object, whether or not something stands there. Reading never throws: a value of the wrong kind is
/// written to the report, with its path and position, and reads as if it were absent.
public final class Field {
    private final Report report;
    private final @Nullable Field parent;
    private final String name;
    private final int index;
    private final @Nullable Tree tree;

    private Field(Report report, @Nullable Field parent, String name, int index, @Nullable Tree tree) {
        this.report = report;
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.tree = tree instanceof Tree.Nothing ? null : tree;
    }

    /// The document itself.
    public static Field root(Tree document, Report report) {
        return new Field(report, null, "", -1, document);
    }

    /// What is wrong with the document so far.
    public Report report() {
        return report;
    }

    /// Whether something other than null stands here.
    public boolean isPresent() {
        return tree != null;
    }

    /// The member of that name, present or not.
    public Field at(String member) {
        return new Field(report, this, member, -1, member(member));
    }

    private @Nullable Tree member(String member) {
        if (tree instanceof Tree.Mapping mapping) return mapping.entries().get(member);
        if (tree != null) wrong("an object");
        return null;
    }

    /// The members' names, in the order of the source.
    public List<String> names() {
        if (tree instanceof Tree.Mapping mapping)
            return List.copyOf(mapping.entries().keySet());
        if (tree != null) wrong("an object");
        return List.of();
    }

    /// The items of a list, at most `limit`.
    public List<Field> items(int limit) {
        if (tree == null) return List.of();
        if (!(tree instanceof Tree.Sequence sequence)) {
            wrong("a list");
            return List.of();
        }
        int size = withinLimit(sequence.items().size(), limit, "entries");
        var fields = new ArrayList<Field>(size);
        for (int i = 0; i < size; i++) {
            fields.add(new Field(report, this, "", i, sequence.items().get(i)));
        }
        return fields;
    }

    /// The items of a list of texts, at most `limit`; others are reported and left out.
    public List<String> texts(int limit) {
        if (tree == null) return List.of();
        var texts = new ArrayList<String>();
        for (Field item : items(limit)) {
            String text = item.textOrNull();
            if (text != null) texts.add(text);
        }
        return texts;
    }

    /// A text; a number or boolean, which an unquoted YAML value easily is, is reported and taken as it is written.
    public @Nullable String textOrNull() {
        return switch (tree) {
            case null -> null;
            case Tree.Text text -> text.value();
            case Tree.Numeral numeral -> {
                wrong("a text");
                yield numeral.literal();
            }
            case Tree.Truth truth -> {
                wrong("a text");
                yield Boolean.toString(truth.value());
            }
            case Tree other -> {
                wrong("a text");
                yield null;
            }
        };
    }

    /// A text, or the given one.
    public String text(String otherwise) {
        String text = textOrNull();
        return text == null ? otherwise : text;
    }

    /// A text that is not empty, or the given one.
    public String textUnlessEmpty(String otherwise) {
        String text = text(otherwise);
        return text.isEmpty() ? otherwise : text;
    }

    /// A number or a text, which the API allows for ports and quantities, as a text.
    public @Nullable String textOrNumber() {
        return tree instanceof Tree.Numeral numeral ? numeral.literal() : textOrNull();
    }

    /// True, false or absent.
    public @Nullable Boolean truthOrNull() {
        if (tree instanceof Tree.Truth truth) return truth.value();
        if (tree != null) wrong("true or false");
        return null;
    }

    /// True or false; absent is false.
    public boolean isTrue() {
        return Boolean.TRUE.equals(truthOrNull());
    }

    /// A whole number or absent.
    public @Nullable Long wholeOrNull() {
        if (tree == null) return null;
        if (tree instanceof Tree.Numeral numeral && numeral.literal().length() <= 20) {
            try {
                return Long.valueOf(numeral.literal());
            } catch (NumberFormatException _) {
                return wholeOfDecimal(numeral.literal());
            }
        }
        wrong("a whole number");
        return null;
    }

    private @Nullable Long wholeOfDecimal(String literal) {
        try {
            double value = Double.parseDouble(literal);
            if (value == Math.rint(value) && Math.abs(value) < 1L << 53) return (long) value;
        } catch (NumberFormatException _) {
            // reported below
        }
        wrong("a whole number");
        return null;
    }

    /// A whole number of 32 bits or absent.
    public @Nullable Integer integerOrNull() {
        Long whole = wholeOrNull();
        if (whole == null) return null;
        if (whole < Integer.MIN_VALUE || whole > Integer.MAX_VALUE) {
            wrong("a number of 32 bits");
            return null;
        }
        return whole.intValue();
    }

    /// A whole number of 32 bits, or the given one.
    public int integer(int otherwise) {
        Integer integer = integerOrNull();
        return integer == null ? otherwise : integer;
    }

    /// A map from text to text, whose texts together have at most `limit` characters. What passes the limit is left
    /// out in the order of the keys.
    public Map<String, String> textMap(int limit) {
        if (tree == null) return Map.of();
        if (!(tree instanceof Tree.Mapping mapping)) {
            wrong("an object");
            return Map.of();
        }
        var texts = new TreeMap<String, String>();
        for (String key : mapping.entries().keySet()) {
            String value = at(key).textOrNull();
            if (value != null) texts.put(key, value);
        }
        long length = 0;
        for (var entries = texts.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            length += entry.getKey().length() + entry.getValue().length();
            if (length > limit) entries.remove();
        }
        if (length > limit) report.add(problem(Problem.Kind.LIMIT, "at most " + limit + " characters", "" + length));
        return texts;
    }

    /// Reports that something must stand here.
    public void missing(String expected) {
        report.add(problem(Problem.Kind.MISSING, expected, tree == null ? "nothing" : tree.kindName()));
    }

    /// Reports that what stands here is not of the form expected.
    public void wrong(String expected) {
        report.add(problem(Problem.Kind.WRONG, expected, tree == null ? "nothing" : tree.kindName()));
    }

    private int withinLimit(int size, int limit, String unit) {
        if (size <= limit) return size;
        report.add(problem(Problem.Kind.LIMIT, "at most " + limit + " " + unit, size + " " + unit));
        return limit;
    }

    private Problem problem(Problem.Kind kind, String expected, String came) {
        int line = 0;
        int column = 0;
        for (Field field = this; field != null && line == 0; field = field.parent) {
            if (field.tree != null) {
                line = field.tree.line();
                column = field.tree.column();
            }
        }
        return new Problem(kind, path(), line, column, expected, came);
    }

    /// Where this is: `spec.template.spec.containers[0].image`; a key with dots is `annotations['a.b/c']`.
    public String path() {
        var path = new StringBuilder();
        writePath(path);
        return path.toString();
    }

    private void writePath(StringBuilder path) {
        if (parent == null) return;
        parent.writePath(path);
        if (index >= 0) {
            path.append('[').append(index).append(']');
        } else if (name.indexOf('.') >= 0 || name.indexOf('/') >= 0) {
            path.append("['").append(name).append("']");
        } else {
            if (!path.isEmpty()) path.append('.');
            path.append(name);
        }
    }

    /// The problems of one document, as many as the limit allows; the last says that there are more.
    public static final class Report {
        private final int limit;
        private final List<Problem> problems = new ArrayList<>();

        public Report(int limit) {
            this.limit = limit;
        }

        void add(Problem problem) {
            if (problems.size() < limit) {
                if (!problems.contains(problem)) problems.add(problem);
            } else if (problems.size() == limit) {
                problems.add(new Problem(Problem.Kind.LIMIT, "", 0, 0, "at most " + limit + " problems", "more"));
            }
        }

        /// What was found wrong, in the order of finding.
        public List<Problem> problems() {
            return List.copyOf(problems);
        }
    }
}

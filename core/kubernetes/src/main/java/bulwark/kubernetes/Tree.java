package bulwark.kubernetes;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What a JSON or YAML document says, before anyone knows what it means. Every node knows the line and column (from 1)
/// at which it begins; 0 where the source has none. Read it through [Field], which checks kinds and knows paths.
public sealed interface Tree {
    /// Line of the source, from 1.
    int line();

    /// Column in that line, from 1.
    int column();

    /// What this node is, in words for a message; never its content.
    String kindName();

    /// Named values in the order of the source. The map is wrapped, not copied: its reader hands it over.
    record Mapping(Map<String, Tree> entries, int line, int column) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(entries);
        }

        @Override
        public String kindName() {
            return "an object";
        }
    }

    /// Values in order. The list is wrapped, not copied: its reader hands it over.
    record Sequence(List<Tree> items, int line, int column) implements Tree {
        public Sequence {
            items = Collections.unmodifiableList(items);
        }

        @Override
        public String kindName() {
            return "a list";
        }
    }

    /// A text.
    record Text(String value, int line, int column) implements Tree {
        @Override
        public String kindName() {
            return "a text";
        }
    }

    /// A number as JSON writes it; kept as text, since only its reader knows how exact it must be.
    record Numeral(String literal, int line, int column) implements Tree {
        @Override
        public String kindName() {
            return "a number";
        }
    }

    /// True or false.
    record Truth(boolean value, int line, int column) implements Tree {
        @Override
        public String kindName() {
            return "a boolean";
        }
    }

    /// An explicit null, which the Kubernetes API treats as absent.
    record Nothing(int line, int column) implements Tree {
        @Override
        public String kindName() {
            return "null";
        }
    }
}

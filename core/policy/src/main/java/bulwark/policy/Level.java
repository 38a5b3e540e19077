package bulwark.policy;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.part.Finding;
import bulwark.policy.part.Part;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.Ternary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The conditions of one section that are about parts of one kind, and below it those about the parts of these. A
/// level holds for a part when all its conditions do and each level below holds for one of its parts.
final class Level {
    private final PartKind kind;
    private final Asked<?>[] asked;
    private final Level[] below;

    private Level(PartKind kind, Asked<?>[] asked, Level[] below) {
        this.kind = kind;
        this.asked = asked;
        this.below = below;
    }

    /// The levels of a section, from the workload down.
    static Level of(List<PolicyGroup> groups, Patterns patterns) {
        var asked = new ArrayList<Asked<?>>();
        for (PolicyGroup group : groups) {
            Criterion<?> criterion = Criteria.named(group.field())
                    .orElseThrow(() -> new IllegalArgumentException("no such criterion: " + group.field()));
            asked.add(Asked.of(criterion, group, patterns));
        }
        return Objects.requireNonNull(build(PartKind.WORKLOAD, asked));
    }

    private static @Nullable Level build(PartKind kind, List<Asked<?>> all) {
        Asked<?>[] own =
                all.stream().filter(asked -> asked.criterion.kind() == kind).toArray(Asked<?>[]::new);
        var below = new ArrayList<Level>();
        for (PartKind child : PartKind.values()) {
            if (child.parent() != kind) continue;
            Level level = build(child, all);
            if (level != null) below.add(level);
        }
        if (own.length == 0 && below.isEmpty() && kind != PartKind.WORKLOAD) return null;
        return new Level(kind, own, below.toArray(Level[]::new));
    }

    /// Whether all conditions hold for this part.
    Ternary holds(Part part) {
        Ternary result = Ternary.TRUE;
        for (Asked<?> one : asked) {
            Ternary answer = one.test(part);
            if (answer == Ternary.FALSE) return Ternary.FALSE;
            result = result.and(answer);
        }
        for (Level level : below) {
            Ternary answer = level.holdsForOne(part);
            if (answer == Ternary.FALSE) return Ternary.FALSE;
            result = result.and(answer);
        }
        return result;
    }

    private Ternary holdsForOne(Part parent) {
        Ternary result = mayMiss(parent) ? Ternary.UNKNOWN : Ternary.FALSE;
        List<? extends Part> parts = parent.parts(kind);
        for (int i = 0; i < parts.size(); i++) {
            result = result.or(holds(parts.get(i)));
            if (result == Ternary.TRUE) return result;
        }
        return result;
    }

    private boolean mayMiss(Part parent) {
        if (parent.mayHaveMore(kind)) return true;
        // Where nobody told of Services, nobody told of ports that only a Service names either.
        for (Level level : below) {
            if (parent.mayHaveMore(level.kind)) return true;
        }
        return false;
    }

    /// Hands over what was found in each part for which this level holds.
    void collect(Part part, Collector found) {
        for (Asked<?> one : asked) found.add(part, one.find(part), one.group.field());
        for (Level level : below) {
            List<? extends Part> parts = part.parts(level.kind);
            for (int i = 0; i < parts.size(); i++) {
                if (level.holds(parts.get(i)) == Ternary.TRUE) level.collect(parts.get(i), found);
            }
        }
    }

    /// Why the answer for this part is unknown.
    String unknownBecause(Part part) {
        for (Asked<?> one : asked) {
            if (one.test(part) == Ternary.UNKNOWN) return one.criterion.unknownBecause();
        }
        for (Level level : below) {
            if (level.holdsForOne(part) != Ternary.UNKNOWN) continue;
            if (level.mayMiss(part)) return "the Services around the workload are not known";
            for (Part child : part.parts(level.kind)) {
                if (level.holds(child) == Ternary.UNKNOWN) return level.unknownBecause(child);
            }
        }
        return "";
    }

    /// Takes what a criterion found in a part.
    interface Collector {
        void add(Part part, Finding finding, String criterion);
    }

    /// A criterion with the values of a policy.
    private static final class Asked<P extends Part> {
        private final Criterion<P> criterion;
        private final PolicyGroup group;
        private final Condition<P> condition;

        private Asked(Criterion<P> criterion, PolicyGroup group, Condition<P> condition) {
            this.criterion = criterion;
            this.group = group;
            this.condition = condition;
        }

        static <P extends Part> Asked<P> of(Criterion<P> criterion, PolicyGroup group, Patterns patterns) {
            return new Asked<>(criterion, group, criterion.compile(group, patterns));
        }

        // A level asks its parts only criteria of its own kind, and each kind has one type of part.
        @SuppressWarnings("unchecked")
        Ternary test(Part part) {
            return condition.test((P) part);
        }

        @SuppressWarnings("unchecked")
        Finding find(Part part) {
            return criterion.find((P) part, group);
        }
    }
}

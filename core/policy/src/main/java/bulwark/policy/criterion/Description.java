package bulwark.policy.criterion;

import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import java.util.EnumSet;
import java.util.Set;

/// What a criterion says of itself; API validation, forms and documents read this.
///
/// `name` is StackRox's, so that its policies are read as they are. `eventSources` holds `NOT_APPLICABLE` for criteria
/// about images and workloads. `events` is empty for those. `knowsBetter` says where Bulwark's answer differs from
/// StackRox's on purpose; empty where it does not.
public record Description(
        String name,
        String sentence,
        Grammar grammar,
        boolean negatable,
        Combination combination,
        Set<LifecycleStage> stages,
        Set<EventSource> eventSources,
        Set<EventKind> events,
        String knowsBetter) {
    public Description {
        stages = Set.copyOf(stages);
        eventSources = Set.copyOf(eventSources);
        events = Set.copyOf(events);
    }

    /// A criterion about a workload: negatable, with several values, asked at deploy time or beside run-time events.
    public static Description ofWorkload(String name, String sentence, Grammar grammar) {
        return new Description(
                name,
                sentence,
                grammar,
                true,
                Combination.OR_AND,
                EnumSet.of(LifecycleStage.DEPLOY, LifecycleStage.RUNTIME),
                EnumSet.of(EventSource.NOT_APPLICABLE),
                Set.of(),
                "");
    }

    /// A criterion about an image: as of a workload, and asked at build time too.
    public static Description ofImage(String name, String sentence, Grammar grammar) {
        var workload = ofWorkload(name, sentence, grammar);
        return new Description(
                name,
                sentence,
                grammar,
                true,
                Combination.OR_AND,
                EnumSet.allOf(LifecycleStage.class),
                workload.eventSources,
                Set.of(),
                "");
    }

    /// A criterion about an event.
    public static Description ofEvent(
            String name, String sentence, Grammar grammar, Set<EventSource> sources, Set<EventKind> events) {
        return new Description(
                name,
                sentence,
                grammar,
                true,
                Combination.OR_AND,
                EnumSet.of(LifecycleStage.RUNTIME),
                sources,
                events,
                "");
    }

    /// The same, without negation.
    public Description notNegatable() {
        return new Description(name, sentence, grammar, false, combination, stages, eventSources, events, knowsBetter);
    }

    /// The same, with another number of values.
    public Description taking(Combination other) {
        return new Description(name, sentence, grammar, negatable, other, stages, eventSources, events, knowsBetter);
    }

    /// The same, with a word on where Bulwark's answer differs from StackRox's.
    public Description knowingBetter(String how) {
        return new Description(name, sentence, grammar, negatable, combination, stages, eventSources, events, how);
    }
}

package bulwark.wire;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the documents of a YAML file into [Tree]s, as Kubernetes' tools read them (YAML 1.1 words, merge keys).
/// Aliases are bounded by what they would be when written out. A key that is there twice is refused: which of the two
/// counts is decided differently by different readers.
public final class YamlTree {
    /// The parser copies what it holds of a long text each time it fills its buffer: a small one makes that quadratic.
    private static final int LARGEST_BUFFER = 1 << 16;

    private final KubernetesLimits limits;

    public YamlTree(KubernetesLimits limits) {
        this.limits = limits;
    }

    /// Reads all documents but empty ones; `path` names the file in messages.
    public List<Tree> read(String path, byte[] yaml) throws MalformedFileException {
        try {
            return new Reading(path, text(path, yaml)).documents();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new MalformedFileException(path, line, "well-formed YAML, got: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new MalformedFileException(path, 0, "well-formed YAML within the limits");
        }
    }

    private static String text(String path, byte[] yaml) throws MalformedFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new MalformedFileException(path, 0, "text in UTF-8");
        }
    }

    /// What an anchor stands for, and how much that is when written out.
    private record Anchored(Tree tree, int nodes, int depth) {}

    /// One file in reading.
    private final class Reading {
        private final String path;
        private final Iterator<Event> events;
        private final Map<Anchor, Anchored> anchors = new HashMap<>();
        private int nodes;
        private int deepest;

        Reading(String path, String text) {
            this.path = path;
            var settings = LoadSettings.builder()
                    .setCodePointLimit(limits.textLength())
                    .setBufferSize(Math.clamp(text.length(), 1024, LARGEST_BUFFER))
                    .setLabel(path)
                    .build();
            this.events = new Parse(settings).parseString(text).iterator();
        }

        List<Tree> documents() throws MalformedFileException {
            var documents = new ArrayList<Tree>();
            while (events.hasNext()) {
                Event event = events.next();
                switch (event.getEventId()) {
                    case DocumentStart -> {
                        anchors.clear();
                        if (documents.size() == limits.documents()) {
                            throw malformed(event, "at most " + limits.documents() + " documents");
                        }
                    }
                    case Scalar, SequenceStart, MappingStart -> {
                        Tree document = value(event, 1);
                        if (!(document instanceof Tree.Nothing)) documents.add(document);
                    }
                    case Alias -> throw malformed(event, "a value before its alias");
                    default -> {}
                }
            }
            return documents;
        }

        private Tree value(Event event, int depth) throws MalformedFileException {
            if (depth > limits.depth()) throw malformed(event, "at most " + limits.depth() + " levels");
            count(event, 1);
            deepest = Math.max(deepest, depth);
            if (event instanceof AliasEvent alias) return anchored(alias, depth);
            int nodesBefore = nodes - 1;
            int deepestBefore = deepest;
            deepest = depth;
            Tree tree = switch (event) {
                case ScalarEvent scalar -> scalar(scalar);
                case SequenceStartEvent start -> sequence(start, depth);
                case MappingStartEvent start -> mapping(start, depth);
                default -> throw malformed(event, "a value");
            };
            Anchor anchor = ((NodeEvent) event).getAnchor().orElse(null);
            if (anchor != null) anchors.put(anchor, new Anchored(tree, nodes - nodesBefore, deepest - depth + 1));
            deepest = Math.max(deepest, deepestBefore);
            return tree;
        }

        private Tree anchored(AliasEvent alias, int depth) throws MalformedFileException {
            Anchored anchored = anchors.get(alias.getAlias());
            if (anchored == null) throw malformed(alias, "an anchor before its alias");
            count(alias, anchored.nodes());
            deepest = Math.max(deepest, depth + anchored.depth() - 1);
            if (deepest > limits.depth()) throw malformed(alias, "at most " + limits.depth() + " levels");
            return anchored.tree();
        }

        private Tree sequence(SequenceStartEvent start, int depth) throws MalformedFileException {
            var items = new ArrayList<Tree>();
            for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
                items.add(value(event, depth + 1));
            }
            return new Tree.Sequence(items, line(start), column(start));
        }

        private Tree mapping(MappingStartEvent start, int depth) throws MalformedFileException {
            var entries = new LinkedHashMap<String, Tree>();
            Tree merged = null;
            for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
                boolean isMerge = event instanceof ScalarEvent scalar
                        && scalar.isPlain()
                        && scalar.getValue().equals("<<");
                String key = key(event);
                Tree value = value(events.next(), depth + 1);
                if (isMerge) {
                    if (merged != null) throw malformed(event, "one merge key");
                    merged = value;
                } else if (entries.put(key, value) != null) {
                    throw malformed(event, "each key once");
                }
            }
            if (merged != null) merge(start, entries, merged);
            return new Tree.Mapping(entries, line(start), column(start));
        }

        private String key(Event event) throws MalformedFileException {
            if (event instanceof ScalarEvent scalar) {
                count(event, 1);
                Tree key = scalar(scalar);
                scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(key, 1, 1)));
                return StorableText.of(scalar.getValue());
            }
            if (event instanceof AliasEvent alias && anchored(alias, 1) instanceof Tree.Text text) return text.value();
            throw malformed(event, "a key that is a text");
        }

        /// What stands in the mapping itself counts, then the first of the merged ones.
        private void merge(Event place, Map<String, Tree> entries, Tree merged) throws MalformedFileException {
            switch (merged) {
                case Tree.Mapping mapping -> {
                    count(place, mapping.entries().size());
                    mapping.entries().forEach(entries::putIfAbsent);
                }
                case Tree.Sequence sequence -> {
                    for (Tree item : sequence.items()) {
                        if (!(item instanceof Tree.Mapping)) throw malformed(place, "objects to merge");
                        merge(place, entries, item);
                    }
                }
                default -> throw malformed(place, "an object to merge");
            }
        }

        private Tree scalar(ScalarEvent event) {
            String tag = event.getTag().orElse("");
            boolean isText = !event.isPlain()
                    || (!tag.isEmpty() && !tag.startsWith("tag:yaml.org,2002:"))
                    || tag.equals("tag:yaml.org,2002:str");
            return isText
                    ? new Tree.Text(StorableText.of(event.getValue()), line(event), column(event))
                    : YamlScalar.resolve(event.getValue(), line(event), column(event));
        }

        private void count(Event event, int more) throws MalformedFileException {
            nodes = Math.addExact(nodes, more);
            if (nodes > limits.nodes()) throw malformed(event, "at most " + limits.nodes() + " values");
        }

        private MalformedFileException malformed(Event event, String expected) {
            return new MalformedFileException(path, line(event), expected);
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }
}

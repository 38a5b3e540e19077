package bulwark.wire;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Reads JSON into a [Tree], by streaming. `metadata.managedFields`, often half of an object, is skipped unread.
/// Of a repeated name the last value counts, as for the API server.
public final class JsonTree {
    private final KubernetesLimits limits;
    private final JsonFactory factory;

    public JsonTree(KubernetesLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + 1)
                        .maxStringLength(limits.textLength())
                        .maxNameLength(limits.textLength())
                        .maxNumberLength(1000)
                        .build())
                .build();
    }

    /// Reads one document; `path` names it in messages.
    public Tree read(String path, byte[] json) throws MalformedFileException {
        try {
            return read(path, new ByteArrayInputStream(json));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    /// Reads one document from a stream that others own; what the stream itself throws is passed on.
    public Tree read(String path, InputStream json) throws MalformedFileException, IOException {
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() == null) throw new MalformedFileException(path, 1, "a JSON value");
            Tree tree = next(path, parser);
            if (parser.nextToken() == null) return tree;
            int line = parser.currentLocation().getLineNr();
            throw new MalformedFileException(path, line, "nothing after the JSON value");
        } catch (JsonProcessingException e) {
            throw malformed(path, e);
        } catch (CharConversionException _) {
            throw new MalformedFileException(path, 0, "JSON text in UTF-8");
        }
    }

    /// Reads the value whose first token is the parser's current one, or the first value of all, and leaves the
    /// parser at its last token. The parser stays open, so that the items of a long list and the events of a watch
    /// are read one by one: `while (parser.nextToken() != null) next(path, parser)`.
    public Tree next(String path, JsonParser parser) throws MalformedFileException, IOException {
        try {
            return new Reading(path, parser).value();
        } catch (JsonProcessingException e) {
            throw malformed(path, e);
        } catch (IllegalStateException _) {
            // Jackson's answer to names that were made to collide in its table
            throw new MalformedFileException(path, 0, "names that do not collide");
        }
    }

    private static MalformedFileException malformed(String path, JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
        return new MalformedFileException(path, line, "well-formed JSON within the limits");
    }

    /// One document in reading.
    private final class Reading {
        private final String path;
        private final JsonParser parser;
        private int nodes;

        Reading(String path, JsonParser parser) {
            this.path = path;
            this.parser = parser;
        }

        /// Depth is bounded by the parser's constraint, which counts it.
        Tree value() throws MalformedFileException, IOException {
            JsonToken token = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
            var place = parser.currentTokenLocation();
            int line = place.getLineNr();
            int column = place.getColumnNr();
            if (++nodes > limits.nodes())
                throw new MalformedFileException(path, line, "at most " + limits.nodes() + " values");
            if (token == null) throw new MalformedFileException(path, line, "a JSON value");
            return switch (token) {
                case START_OBJECT -> mapping(line, column);
                case START_ARRAY -> sequence(line, column);
                case VALUE_STRING -> new Tree.Text(StorableText.of(parser.getText()), line, column);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Numeral(parser.getText(), line, column);
                case VALUE_TRUE -> new Tree.Truth(true, line, column);
                case VALUE_FALSE -> new Tree.Truth(false, line, column);
                case VALUE_NULL -> new Tree.Nothing(line, column);
                default -> throw new MalformedFileException(path, line, "a JSON value");
            };
        }

        private Tree mapping(int line, int column) throws MalformedFileException, IOException {
            var entries = LinkedHashMap.<String, Tree>newLinkedHashMap(8);
            boolean isMetadata = "metadata".equals(ownName());
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (isMetadata && name.equals("managedFields")) {
                    parser.skipChildren();
                } else {
                    entries.put(StorableText.of(name), value());
                }
            }
            return new Tree.Mapping(entries, line, column);
        }

        private @Nullable String ownName() {
            var context = parser.getParsingContext().getParent();
            return context == null ? null : context.getCurrentName();
        }

        private Tree sequence(int line, int column) throws MalformedFileException, IOException {
            var items = new ArrayList<Tree>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value());
            }
            return new Tree.Sequence(items, line, column);
        }
    }
}

package bulwark.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Trees for tests, from JSON that may use single quotes and leave names unquoted.
final class JsonText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private JsonText() {}

    static Tree tree(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) throw new JsonEOFException(parser, JsonToken.NOT_AVAILABLE, "no value");
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tree value(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        int column = parser.currentTokenLocation().getColumnNr();
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Tree>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    entries.put(name, value(parser));
                }
                yield new Tree.Mapping(entries, line, column);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Tree>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Tree.Sequence(items, line, column);
            }
            case VALUE_STRING -> new Tree.Text(parser.getText(), line, column);
            case VALUE_TRUE, VALUE_FALSE -> new Tree.Truth(parser.getBooleanValue(), line, column);
            case VALUE_NULL -> new Tree.Nothing(line, column);
            default -> new Tree.Numeral(parser.getText(), line, column);
        };
    }

    /// Projects one object that must be readable without problems, and gives its only document.
    static <T> T only(Class<T> type, String json) {
        if (!(KubernetesProjector.forFiles().project(tree(json)) instanceof Projection.Projected projected)) {
            throw new AssertionError(
                    "not projected: " + KubernetesProjector.forFiles().project(tree(json)));
        }
        if (!projected.problems().isEmpty()) throw new AssertionError(projected.problems());
        return type.cast(projected.objects().getLast());
    }
}

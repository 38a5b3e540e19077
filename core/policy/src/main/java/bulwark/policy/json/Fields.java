package bulwark.policy.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The fields of one JSON object, one after the other. The parser stands on the object's start before the first and on
/// its end after the last.
final class Fields {
    private final JsonParser parser;
    private final String path;
    private String name = "";

    Fields(JsonParser parser, String path) {
        this.parser = parser;
        this.path = path;
    }

    /// Goes to the next field and its value; false where there is none.
    boolean next() throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) return false;
        name = parser.currentName();
        parser.nextToken();
        return true;
    }

    String name() {
        return name;
    }

    String path() {
        return path.isEmpty() ? name : path + "." + name;
    }

    String text() throws IOException, MalformedPolicyException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return "";
        if (parser.currentToken() != JsonToken.VALUE_STRING) throw wrong("a text");
        return parser.getText();
    }

    boolean flag() throws MalformedPolicyException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw wrong("true or false");
        };
    }

    /// One word of an enum, an ending that StackRox gives all of them left out.
    <E extends Enum<E>> E word(Class<E> type, String ending) throws IOException, MalformedPolicyException {
        return word(type, ending, text(), path());
    }

    List<String> texts() throws IOException, MalformedPolicyException {
        var texts = new ArrayList<String>();
        if (parser.currentToken() == JsonToken.VALUE_NULL) return texts;
        if (parser.currentToken() != JsonToken.START_ARRAY) throw wrong("a list of texts");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) throw wrong("a list of texts");
            texts.add(parser.getText());
        }
        return texts;
    }

    <E extends Enum<E>> List<E> words(Class<E> type, String ending) throws IOException, MalformedPolicyException {
        var words = new ArrayList<E>();
        for (String text : texts()) words.add(word(type, ending, text, path()));
        return words;
    }

    /// The object that is this field's value; nothing where it is null.
    void object(Reader reader) throws IOException, MalformedPolicyException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        if (parser.currentToken() != JsonToken.START_OBJECT) throw wrong("an object");
        reader.read(new Fields(parser, path()), 0);
    }

    /// The objects of the list that is this field's value.
    void list(Reader reader) throws IOException, MalformedPolicyException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        if (parser.currentToken() != JsonToken.START_ARRAY) throw wrong("a list");
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) throw wrong("a list of objects");
            reader.read(new Fields(parser, path() + "[" + index + "]"), index);
            index++;
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    private MalformedPolicyException wrong(String expected) {
        return new MalformedPolicyException(path(), expected, String.valueOf(parser.currentToken()));
    }

    private static <E extends Enum<E>> E word(Class<E> type, String ending, String text, String path)
            throws MalformedPolicyException {
        String upper = text.toUpperCase(Locale.ROOT);
        String word = upper.endsWith(ending) ? upper.substring(0, upper.length() - ending.length()) : upper;
        var words = new ArrayList<String>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) return constant;
            words.add(constant.name() + ending);
        }
        throw new MalformedPolicyException(path, "one of " + String.join(", ", words), text);
    }

    /// Reads the fields of one object, to its end.
    interface Reader {
        void read(Fields fields, int index) throws IOException, MalformedPolicyException;
    }
}

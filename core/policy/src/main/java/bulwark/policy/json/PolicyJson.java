package bulwark.policy.json;

import bulwark.model.policy.Policy;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes policies in StackRox's JSON, policy version 1.1: one policy, or `{"policies": [...]}` as its export
/// and import have it. What Bulwark does not keep (`lastUpdated`, sort keys, locks) is read over and not written; what
/// would change a verdict and is not built (`evaluationFilter`) is refused.
public final class PolicyJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxDocumentLength(32L << 20)
                    .maxStringLength(1 << 20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PolicyJson() {}

    /// Reads one policy or several. A policy without an id gets an empty one: who stores it gives it one.
    public static List<Policy> read(String document) throws MalformedPolicyException {
        try (JsonParser parser = FACTORY.createParser(document)) {
            return read(parser);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            String line = where == null ? "policy" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw new MalformedPolicyException(line, "JSON", e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a text cannot fail", e);
        }
    }

    /// Writes one policy.
    public static String write(Policy policy) {
        return document(generator -> PolicyWriter.write(generator, policy));
    }

    /// Writes several as `{"policies": [...]}`.
    public static String write(List<Policy> policies) {
        return document(generator -> {
            generator.writeStartObject();
            generator.writeArrayFieldStart("policies");
            for (Policy policy : policies) PolicyWriter.write(generator, policy);
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }

    private static List<Policy> read(JsonParser parser) throws IOException, MalformedPolicyException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedPolicyException("document", "an object", String.valueOf(parser.currentToken()));
        }
        var document = new Fields(parser, "");
        var policies = new ArrayList<Policy>();
        var single = new PolicyReader();
        boolean list = false;
        while (document.next()) {
            if (document.name().equals("policies")) {
                list = true;
                document.list((fields, _) -> policies.add(PolicyReader.read(fields)));
            } else {
                single.take(document);
            }
        }
        if (!list) policies.add(single.build(""));
        if (parser.nextToken() != null) {
            throw new MalformedPolicyException(
                    "document",
                    "nothing after the object",
                    parser.currentToken().name());
        }
        return List.copyOf(policies);
    }

    private static String document(Writing writing) {
        var text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.useDefaultPrettyPrinter();
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a text cannot fail", e);
        }
        return text + "\n";
    }

    private interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }
}

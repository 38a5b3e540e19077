package bulwark.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the codec writes what JSON has no form for: times are texts in UTC (`2026-01-31T12:00:00Z`), and a record that
/// is absent is one whose every component is absent.
final class RecordModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    RecordModule() {
        super("records");
        addSerializer(new InstantWriter());
        addDeserializer(Instant.class, new InstantReader());
        setDeserializerModifier(new AbsentRecords());
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(time.toString());
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                throw JsonMappingException.from(parser, "a time wanted", e);
            }
        }
    }

    private static final class AbsentRecords extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            return description.getBeanClass().isRecord() && deserializer instanceof BeanDeserializer bean
                    ? new RecordReader(bean, false)
                    : deserializer;
        }
    }

    /// Stands in for a record that is absent where a record must be.
    private static final class RecordReader extends BeanDeserializer {
        private static final long serialVersionUID = 1;

        private final boolean mustBe;

        RecordReader(BeanDeserializerBase bean, boolean mustBe) {
            super(bean);
            this.mustBe = mustBe;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            boolean isWanted = property != null
                    && property.getMember() instanceof AnnotatedParameter parameter
                    && !RecordRules.isNullable(parameter);
            var contextual = super.createContextual(context, property);
            return contextual instanceof BeanDeserializerBase bean ? new RecordReader(bean, isWanted) : contextual;
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
            if (!mustBe) return null;
            try (JsonParser nothing =
                    context.getParser().getCodec().getFactory().createParser("{}")) {
                nothing.nextToken();
                return deserialize(nothing, context);
            } catch (JsonMappingException e) {
                throw e;
            } catch (IOException e) {
                throw JsonMappingException.from(context, "a record wanted", e);
            }
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return getNullValue(context);
        }
    }
}

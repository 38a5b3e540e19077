package bulwark.wire;

import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.ConfigMap;
import bulwark.model.inventory.Ingress;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.Node;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Pod;
import bulwark.model.inventory.Role;
import bulwark.model.inventory.RoleBinding;
import bulwark.model.inventory.Secret;
import bulwark.model.inventory.Service;
import bulwark.model.inventory.ServiceAccount;
import bulwark.model.inventory.Workload;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;

/// The one codec between model records and JSON documents, as they are sent, stored and shown.
///
/// Canonical bytes have sorted names and neither nulls nor empty texts, lists and maps; equal records have equal bytes.
/// Reading ignores names that it does not know, takes absent texts, lists and maps as empty and absent records as
/// records of which nothing is said, so that documents of older and newer versions can be read. Which record a
/// document holds is told by its caller, never by the document.
public final class Documents {
    private static final int MAX_DEPTH = 64;

    private final JsonMapper canonical = mapper(true);
    private final ObjectWriter canonicalWriter = canonical.writer();
    private final ObjectWriter fullWriter = mapper(false).writer();
    private final ConcurrentHashMap<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    private static JsonMapper mapper(boolean omitsEmpty) {
        var mapper = JsonMapper.builder()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new RecordRules(omitsEmpty))
                .addModule(new RecordModule())
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return mapper;
    }

    /// The canonical bytes of a model record.
    public byte[] write(Record document) {
        return write(canonicalWriter, document);
    }

    /// The same document with its empty texts, lists and maps, for readers that want every name to be there.
    public byte[] writeFull(Record document) {
        return write(fullWriter, document);
    }

    private static byte[] write(ObjectWriter writer, Record document) {
        try {
            return writer.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a model record has no JSON: " + document.getClass(), e);
        }
    }

    /// Reads the document of an inventory object of that type, which names itself.
    public InventoryObject read(ObjectType type, byte[] json) throws MalformedFileException {
        InventoryObject object = read(recordOf(type), json);
        if (object.metadata().name().isEmpty()) {
            throw new MalformedFileException(recordOf(type).getSimpleName() + ".metadata.name", 0, "a name");
        }
        return object;
    }

    /// Reads a document of which the caller knows what it is.
    public <T> T read(Class<T> record, byte[] json) throws MalformedFileException {
        ObjectReader reader = readers.computeIfAbsent(record, canonical::readerFor);
        try {
            T value = reader.readValue(json);
            if (value == null) throw new MalformedFileException(record.getSimpleName(), 0, "an object, got null");
            return value;
        } catch (JsonMappingException e) {
            throw new MalformedFileException(record.getSimpleName() + place(e), 0, "a document of this version");
        } catch (JsonProcessingException e) {
            throw new MalformedFileException(record.getSimpleName(), 0, "well-formed JSON");
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    private static String place(JsonMappingException e) {
        var place = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                place.append('.').append(reference.getFieldName());
            } else {
                place.append('[').append(reference.getIndex()).append(']');
            }
        }
        return place.toString();
    }

    private static Class<? extends InventoryObject> recordOf(ObjectType type) {
        return switch (type) {
            case WORKLOAD -> Workload.class;
            case POD -> Pod.class;
            case NAMESPACE -> Namespace.class;
            case NODE -> Node.class;
            case SERVICE -> Service.class;
            case INGRESS -> Ingress.class;
            case NETWORK_POLICY -> NetworkPolicy.class;
            case SERVICE_ACCOUNT -> ServiceAccount.class;
            case ROLE -> Role.class;
            case ROLE_BINDING -> RoleBinding.class;
            case SECRET -> Secret.class;
            case CONFIG_MAP -> ConfigMap.class;
        };
    }
}

package bulwark.wire.recorded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;

/// Messages as a version after this one might send them.
public final class Newer {
    private static final int NUMBER = 999;

    private Newer() {}

    /// The message with a field in it, and in every message within it, that nobody knows yet.
    @SuppressWarnings("unchecked")
    public static <M extends Message> M with(M message) {
        var builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) return;
            if (field.isRepeated()) {
                var items = new ArrayList<Message>();
                for (Message item : (List<Message>) value) items.add(with(item));
                builder.setField(field, items);
            } else {
                builder.setField(field, with((Message) value));
            }
        });
        return (M) builder.setUnknownFields(UnknownFieldSet.newBuilder(message.getUnknownFields())
                        .mergeFrom(unknown())
                        .build())
                .build();
    }

    /// A message of the same type whose content is of a kind that nobody knows yet.
    @SuppressWarnings("unchecked")
    public static <M extends Message> M unheardOf(M type) {
        return (M) type.newBuilderForType().setUnknownFields(unknown()).build();
    }

    private static UnknownFieldSet unknown() {
        var nested = UnknownFieldSet.newBuilder()
                .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .build();
        return UnknownFieldSet.newBuilder()
                .addField(
                        NUMBER,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(nested.toByteArray()))
                                .build())
                .build();
    }
}

package bulwark.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells Jackson what the types of a record's components say: a `@Nullable` one is left out when null; of the others
/// texts, lists and maps are left out when empty and are empty when absent; everything else must be there.
final class RecordRules extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private final boolean omitsEmpty;

    RecordRules(boolean omitsEmpty) {
        this.omitsEmpty = omitsEmpty;
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
        RecordComponent component = component(annotated);
        boolean omits = omitsEmpty
                && component != null
                && !isNullable(component.getAnnotatedType())
                && canBeEmpty(component.getType());
        var rule = omits ? JsonInclude.Include.NON_EMPTY : JsonInclude.Include.NON_NULL;
        return JsonInclude.Value.construct(rule, JsonInclude.Include.ALWAYS);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) return JsonSetter.Value.empty();
        Class<?> type = parameter.getRawType();
        if (type.isPrimitive() || isNullable(parameter)) return JsonSetter.Value.empty();
        if (type.isRecord()) return JsonSetter.Value.empty();
        return JsonSetter.Value.construct(canBeEmpty(type) ? Nulls.AS_EMPTY : Nulls.FAIL, Nulls.FAIL);
    }

    /// A newer peer may know more values than we do; where the enum has a word for that, they become it.
    @Override
    public @Nullable Enum<?> findDefaultEnumValue(AnnotatedClass annotated, Enum<?>[] values) {
        for (Enum<?> value : values) {
            if (value.name().equals("UNKNOWN")) return value;
        }
        return null;
    }

    /// Whether the component that this constructor parameter sets may be absent.
    static boolean isNullable(AnnotatedParameter parameter) {
        var executable = (Executable) parameter.getOwner().getAnnotated();
        return isNullable(executable.getAnnotatedParameterTypes()[parameter.getIndex()]);
    }

    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member) || annotated instanceof AnnotatedParameter) return null;
        Class<?> owner = member.getDeclaringClass();
        if (!owner.isRecord()) return null;
        for (RecordComponent component : owner.getRecordComponents()) {
            if (component.getName().equals(member.getName())) return component;
        }
        return null;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static boolean canBeEmpty(Class<?> type) {
        return type == String.class || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }
}

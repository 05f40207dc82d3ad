package org.towncrier.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records as JSON. Unknown fields are ignored, so that an older node understands a newer
 * console; a missing or null field that is not {@link Nullable} is refused by name.
 */
public final class WireJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Limits.PAYLOAD_BYTES)
                          .maxNestingDepth(20)
                          .build())
                  .build())
          .annotationIntrospector(new RequiredUnlessNullable())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // A revision of 4.5 would be read as 4.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private WireJson() {}

  /** The record as UTF-8 JSON. */
  public static byte[] write(Record value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads a record.
   *
   * @throws MalformedPayloadException naming the field, if the bytes are not such a record
   */
  public static <T extends Record> T read(byte[] json, Class<T> type)
      throws MalformedPayloadException {
    if (json.length > Limits.PAYLOAD_BYTES) {
      throw new MalformedPayloadException(
          "%s has %d bytes, over the limit of %d"
              .formatted(type.getSimpleName(), json.length, Limits.PAYLOAD_BYTES));
    }
    try {
      @Nullable T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new MalformedPayloadException(type.getSimpleName() + ": null");
      }
      return value;
    } catch (JacksonException malformed) {
      throw new MalformedPayloadException(
          type.getSimpleName() + where(malformed) + ": " + why(malformed), malformed);
    }
  }

  private static String where(JacksonException malformed) {
    String path =
        malformed instanceof DatabindException bound
            ? bound.getPath().stream()
                .map(
                    step ->
                        step.getPropertyName() != null
                            ? "." + step.getPropertyName()
                            : "[" + step.getIndex() + "]")
                .collect(Collectors.joining())
            : "";
    return path;
  }

  private static String why(JacksonException malformed) {
    Throwable cause = malformed.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? cause.getMessage()
        : malformed.getOriginalMessage();
  }

  /** Every component of a record is required, and not null, unless its type says otherwise. */
  private static final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      AnnotatedType type = typeOf(member);
      if (type == null) {
        return super.hasRequiredMarker(config, member);
      }
      return !isNullable(type);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      AnnotatedType type = typeOf(annotated);
      if (type == null) {
        return super.findSetterInfo(config, annotated);
      }
      return isNullable(type)
          ? JsonSetter.Value.forContentNulls(Nulls.FAIL)
          : JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL);
    }

    private static boolean isNullable(AnnotatedType type) {
      return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable AnnotatedType typeOf(Annotated annotated) {
      if (annotated instanceof AnnotatedParameter parameter
          && parameter.getOwner().getAnnotated() instanceof Executable owner) {
        return owner.getAnnotatedParameterTypes()[parameter.getIndex()];
      }
      return annotated.getAnnotated() instanceof Field field ? field.getAnnotatedType() : null;
    }
  }
}

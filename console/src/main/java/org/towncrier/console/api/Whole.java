package org.towncrier.console.api;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;

/**
 * Refuses a body in which something is missing, naming each such field: what a record does not mark
 * as {@link Nullable} must be there. So the code, the check and the document say the same.
 */
@RestControllerAdvice(basePackageClasses = Whole.class)
class Whole extends RequestBodyAdviceAdapter {
  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return parameter.getParameterType().isRecord();
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage input,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    List<Problem> missing = new ArrayList<>();
    look(body, "", missing);
    if (!missing.isEmpty()) {
      throw new InvalidInputException(missing);
    }
    return body;
  }

  private static void look(Object record, String path, List<Problem> missing) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      look(
          value(record, component),
          component.getAnnotatedType(),
          path + component.getName(),
          missing);
    }
  }

  private static void look(
      @Nullable Object value, AnnotatedType type, String path, List<Problem> missing) {
    if (value == null) {
      if (!type.isAnnotationPresent(Nullable.class)) {
        missing.add(new Problem(path, "is missing"));
      }
    } else if (value instanceof Record nested) {
      look(nested, path + ".", missing);
    } else if (value instanceof List<?> items
        && type instanceof AnnotatedParameterizedType parameterized) {
      AnnotatedType item = parameterized.getAnnotatedActualTypeArguments()[0];
      for (int n = 0; n < items.size(); n++) {
        look(items.get(n), item, path + "[" + n + "]", missing);
      }
    }
  }

  private static @Nullable Object value(Object record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's own accessor can be called", e);
    }
  }
}

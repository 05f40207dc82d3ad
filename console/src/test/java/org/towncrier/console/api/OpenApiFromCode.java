package org.towncrier.console.api;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the code says of the API, as an OpenAPI 3.1 document: the addresses that are registered with
 * the running console, the parameters of their methods, the components of their records.
 */
final class OpenApiFromCode {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ABOUT =
      """
      All that the console can do, for programs, by the same rules as its pages.

      Each request shows a token: Authorization: Bearer towncrier_… An administrator makes tokens\
       under People; the person a token acts for takes it, once, on the page of their account. A\
       token may do what its scopes say, and never more than its person may at that moment. What it\
       does is theirs in the audit trail. Nobody approves what their own program wrote, and programs\
       approve nothing at all unless towncrier.api.approvals is on.

      What changes a message or a campaign says which edit it read; when somebody has changed it\
       since, the answer is 409 and nothing happened. Errors are problems (RFC 9457) that name each field. Lists come\
       in pages. Moments are in UTC, other times are local to the town. Too many requests get 429\
       and Retry-After. Unknown fields are refused; programs should pass over fields they don't know.""";

  private final Map<String, ObjectNode> schemas = new TreeMap<>();
  private final Map<String, Class<?>> named = new HashMap<>();

  private record Registered(
      String path, String method, RequestMappingInfo info, HandlerMethod code) {}

  ObjectNode document(RequestMappingHandlerMapping mappings) {
    ObjectNode paths = JSON.createObjectNode();
    mappings.getHandlerMethods().entrySet().stream()
        .filter(e -> e.getKey().getPatternValues().stream().anyMatch(p -> p.startsWith("/api/v1")))
        .flatMap(
            e ->
                e.getKey().getPatternValues().stream()
                    .flatMap(
                        path ->
                            e.getKey().getMethodsCondition().getMethods().stream()
                                .map(
                                    method ->
                                        new Registered(
                                            path, method.name(), e.getKey(), e.getValue()))))
        .sorted(Comparator.comparing(Registered::path).thenComparing(Registered::method))
        .forEach(
            each ->
                paths
                    .withObject("/" + escaped(each.path()))
                    .set(each.method().toLowerCase(Locale.ROOT), operation(each)));
    ObjectNode document = JSON.createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Towncrier console")
        .put("version", "1")
        .put("description", ABOUT);
    document.putArray("servers").addObject().put("url", "/");
    document.set("paths", paths);
    ObjectNode components = document.putObject("components");
    schema(Problem.class);
    ObjectNode all = components.putObject("schemas");
    schemas.forEach(all::set);
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A token of the console. The roles beside it are scopes.");
    return document;
  }

  private ObjectNode operation(Registered each) {
    Endpoint endpoint = each.code().getMethodAnnotation(Endpoint.class);
    if (endpoint == null) {
      throw new AssertionError(each.code() + " names no scope, so nobody could ever call it");
    }
    ObjectNode operation = JSON.createObjectNode();
    operation.put("operationId", id(each));
    operation.putArray("tags").add(tag(each.path()));
    operation.put("summary", endpoint.says());
    ArrayNode security = operation.putArray("security");
    Arrays.stream(endpoint.scope())
        .forEach(scope -> security.addObject().putArray("token").add(scope.id()));
    ArrayNode parameters = JSON.createArrayNode();
    for (Parameter parameter : each.code().getMethod().getParameters()) {
      if (parameter.isAnnotationPresent(PathVariable.class)) {
        parameters.add(parameter(parameter, "path", true, null));
      } else if (parameter.isAnnotationPresent(RequestParam.class)) {
        RequestParam how = parameter.getAnnotation(RequestParam.class);
        boolean given = !how.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        parameters.add(
            parameter(
                parameter, "query", how.required() && !given, given ? how.defaultValue() : null));
      } else if (parameter.isAnnotationPresent(RequestBody.class)) {
        operation.set("requestBody", body(parameter, each.info()));
      } else if (!parameter.isAnnotationPresent(AuthenticationPrincipal.class)
          && parameter.getType() != HttpServletResponse.class) {
        throw new AssertionError("nobody can tell what " + parameter + " of " + each + " is");
      }
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    operation.set("responses", responses(each, endpoint));
    return operation;
  }

  private ObjectNode parameter(
      Parameter parameter, String in, boolean required, @Nullable String byDefault) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", parameter.getName())
            .put("in", in)
            .put("required", required);
    says(parameter.getAnnotation(Says.class), node);
    ObjectNode schema = type(parameter.getAnnotatedType(), Map.of(), false);
    if (parameter.isAnnotationPresent(Min.class)) {
      schema.put("minimum", parameter.getAnnotation(Min.class).value());
    }
    if (parameter.isAnnotationPresent(Max.class)) {
      schema.put("maximum", parameter.getAnnotation(Max.class).value());
    }
    if (byDefault != null) {
      if (schema.path("type").asString("").equals("integer")) {
        schema.put("default", Integer.parseInt(byDefault));
      } else {
        schema.put("default", byDefault);
      }
    }
    node.set("schema", schema);
    return node;
  }

  private ObjectNode body(Parameter parameter, RequestMappingInfo info) {
    ObjectNode body = JSON.createObjectNode().put("required", true);
    says(parameter.getAnnotation(Says.class), body);
    ObjectNode content = body.putObject("content");
    info.getConsumesCondition()
        .getConsumableMediaTypes()
        .forEach(
            media ->
                content
                    .putObject(media.toString())
                    .set(
                        "schema",
                        parameter.getType() == byte[].class
                            ? JSON.createObjectNode().put("type", "string")
                            : type(parameter.getAnnotatedType(), Map.of(), false)));
    if (content.isEmpty()) {
      throw new AssertionError(parameter + " may be sent as anything");
    }
    return body;
  }

  private ObjectNode responses(Registered each, Endpoint endpoint) {
    ObjectNode responses = JSON.createObjectNode();
    ObjectNode good = responses.putObject(String.valueOf(endpoint.status()));
    good.put("description", endpoint.says());
    if (endpoint.status() == 201) {
      good.putObject("headers")
          .putObject("Location")
          .put("description", "Its address")
          .putObject("schema")
          .put("type", "string");
    }
    AnnotatedType returned = each.code().getMethod().getAnnotatedReturnType();
    if (returned instanceof AnnotatedParameterizedType entity
        && each.code().getMethod().getReturnType() == ResponseEntity.class) {
      returned = entity.getAnnotatedActualTypeArguments()[0];
    }
    String media =
        each.info().getProducesCondition().getProducibleMediaTypes().stream()
            .findFirst()
            .orElseThrow(() -> new AssertionError(each + " may answer with anything"))
            .toString();
    ObjectNode content = good.putObject("content").putObject(media);
    if (returned.getType() == byte[].class || returned.getType() == void.class) {
      content.set(
          "schema",
          JSON.createObjectNode().put("type", media.contains("json") ? "object" : "string"));
    } else {
      content.set("schema", type(returned, Map.of(), false));
    }
    boolean open = endpoint.scope().length == 0;
    boolean body =
        Arrays.stream(each.code().getMethod().getParameters())
            .anyMatch(p -> p.isAnnotationPresent(RequestBody.class));
    boolean query =
        Arrays.stream(each.code().getMethod().getParameters())
            .anyMatch(p -> p.isAnnotationPresent(RequestParam.class));
    if (!open) {
      problem(responses, 401, "No token, or one that lets nobody in");
      problem(responses, 403, "The token does not have the scope, or its person not the role");
      problem(responses, 429, "Too many requests; Retry-After says when to try again");
    }
    if (body || query) {
      problem(responses, 400, "It can't be read; each field or parameter is named");
    }
    if (body || query || !each.method().equals("GET")) {
      problem(responses, 422, "It can be read and not be done; each field is named");
    }
    if (body) {
      problem(responses, 411, "The body does not say how long it is");
      problem(responses, 413, "The body is too large");
      problem(responses, 415, "The body is of another type");
    }
    if (each.path().contains("{")) {
      problem(responses, 404, "There is no such thing");
    }
    if (!each.method().equals("GET")) {
      problem(responses, 409, "The rules don't allow it now, or somebody has changed it since");
    }
    problem(responses, 500, "The console failed; the reference is in its log");
    return sorted(responses);
  }

  private static ObjectNode sorted(ObjectNode node) {
    ObjectNode sorted = JSON.createObjectNode();
    node.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> sorted.set(e.getKey(), e.getValue()));
    return sorted;
  }

  private static void problem(ObjectNode responses, int status, String words) {
    ObjectNode response = responses.putObject(String.valueOf(status));
    response.put("description", words);
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private ObjectNode type(AnnotatedType type, Map<String, AnnotatedType> known, boolean asField) {
    AnnotatedType real =
        type instanceof AnnotatedTypeVariable variable
            ? known.get(variable.getType().getTypeName())
            : type;
    boolean nullable = asField && type.isAnnotationPresent(Nullable.class);
    ObjectNode schema = plain(real, known);
    if (!nullable) {
      return schema;
    }
    if (schema.has("$ref")) {
      ObjectNode either = JSON.createObjectNode();
      either.putArray("anyOf").add(schema).addObject().put("type", "null");
      return either;
    }
    String only = schema.path("type").asString();
    schema.putArray("type").add(only).add("null");
    if (schema.has("enum")) {
      ((ArrayNode) schema.get("enum")).addNull();
    }
    return schema;
  }

  private ObjectNode plain(AnnotatedType type, Map<String, AnnotatedType> known) {
    if (type instanceof AnnotatedParameterizedType parameterized) {
      Class<?> raw =
          (Class<?>) ((java.lang.reflect.ParameterizedType) parameterized.getType()).getRawType();
      AnnotatedType item = parameterized.getAnnotatedActualTypeArguments()[0];
      if (raw == List.class) {
        ObjectNode list = JSON.createObjectNode().put("type", "array");
        list.set("items", type(item, known, true));
        return list;
      }
      return reference(
          record(raw, raw.getSimpleName() + "Of" + name((Class<?>) item.getType()), item));
    }
    Class<?> raw = (Class<?>) type.getType();
    if (raw.isEnum()) {
      ObjectNode choice = JSON.createObjectNode().put("type", "string");
      ArrayNode values = choice.putArray("enum");
      Arrays.stream(raw.getEnumConstants()).forEach(value -> values.add(((Enum<?>) value).name()));
      return choice;
    }
    if (raw.isRecord()) {
      return reference(schema(raw));
    }
    ObjectNode node = JSON.createObjectNode();
    if (raw == String.class) {
      return node.put("type", "string");
    } else if (raw == int.class || raw == Integer.class) {
      return node.put("type", "integer").put("format", "int32");
    } else if (raw == long.class || raw == Long.class) {
      return node.put("type", "integer").put("format", "int64");
    } else if (raw == double.class || raw == Double.class) {
      return node.put("type", "number").put("format", "double");
    } else if (raw == boolean.class || raw == Boolean.class) {
      return node.put("type", "boolean");
    } else if (raw == Instant.class || raw == OffsetDateTime.class) {
      return node.put("type", "string").put("format", "date-time");
    } else if (raw == LocalDate.class) {
      return node.put("type", "string").put("format", "date");
    } else if (raw == LocalTime.class) {
      return node.put("type", "string").put("pattern", "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$");
    } else if (raw == byte[].class) {
      return node.put("type", "string").put("contentEncoding", "base64");
    }
    throw new AssertionError("say here what " + raw + " is in JSON");
  }

  private String schema(Class<?> record) {
    return record(record, name(record), null);
  }

  private String record(Class<?> raw, String name, @Nullable AnnotatedType argument) {
    Class<?> other = named.putIfAbsent(name, raw);
    if (other != null && other != raw) {
      throw new AssertionError(other + " and " + raw + " are both called " + name);
    }
    if (!schemas.containsKey(name)) {
      ObjectNode schema = JSON.createObjectNode();
      schemas.put(name, schema);
      schema.put("type", "object");
      says(raw.getAnnotation(Says.class), schema);
      Map<String, AnnotatedType> known = new LinkedHashMap<>();
      if (argument != null) {
        known.put(raw.getTypeParameters()[0].getTypeName(), argument);
      }
      ArrayNode required = JSON.createArrayNode();
      ObjectNode properties = schema.putObject("properties");
      for (RecordComponent component : raw.getRecordComponents()) {
        ObjectNode field = type(component.getAnnotatedType(), known, true);
        Says says = component.getAnnotation(Says.class);
        if (says != null && field.has("$ref")) {
          field.put("description", says.value());
        } else {
          says(says, field);
        }
        properties.set(component.getName(), field);
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          required.add(component.getName());
        }
      }
      if (!required.isEmpty()) {
        schema.set("required", required);
      }
    }
    return name;
  }

  private static ObjectNode reference(String name) {
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static void says(@Nullable Says says, ObjectNode node) {
    if (says != null) {
      node.put("description", says.value());
    }
  }

  /** A record's name; one that is only part of another bears the other's name before it. */
  private static String name(Class<?> record) {
    String own = record.getSimpleName().replaceAll("Body$", "");
    Class<?> outer = record.getEnclosingClass();
    return outer != null && outer.isRecord() ? name(outer) + own : own;
  }

  private static String tag(String path) {
    String first = path.substring("/api/v1/".length()).replaceAll("[/.].*", "").replace('-', ' ');
    return first.equals("openapi")
        ? "This document"
        : first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1);
  }

  private static String id(Registered each) {
    StringBuilder id = new StringBuilder(each.method().toLowerCase(Locale.ROOT));
    for (String part : each.path().substring("/api/v1".length()).split("[^A-Za-z]+")) {
      if (!part.isEmpty()) {
        id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return id.toString();
  }

  private static String escaped(String path) {
    return path.replace("~", "~0").replace("/", "~1");
  }
}

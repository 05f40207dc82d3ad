package org.towncrier.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.towncrier.console.api.Problem.Wrong;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.StaleException;
import org.towncrier.console.message.NotAllowedException;
import org.towncrier.console.people.RefusedException;
import org.towncrier.console.store.StoreException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error under {@code /api/v1} as a problem, whoever threw it and wherever it was thrown. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiProblems implements HandlerExceptionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  private final ProblemWriter writer;

  ApiProblems(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failed) {
    String path = request.getServletPath();
    if (!path.equals(ApiSecurity.BASE) && !path.startsWith(ApiSecurity.BASE + "/")) {
      return null;
    }
    try {
      if (failed instanceof ErrorResponse known) {
        known
            .getHeaders()
            .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
      }
      writer.write(response, problem(failed, path));
    } catch (IOException gone) {
      LOG.debug("nobody waits for the answer any more", gone);
    }
    return new ModelAndView();
  }

  private static Problem problem(Exception failed, String path) {
    if (failed instanceof InvalidInputException wrong) {
      return invalid(
          422,
          wrong.problems().stream()
              .map(p -> new Wrong(field(p.field(), path), p.message()))
              .toList());
    }
    if (failed instanceof RefusedException refused) {
      return invalid(422, List.of(new Wrong(Fields.api(refused.field()), refused.reason())));
    }
    if (failed instanceof NotAllowedException notNow) {
      return of(409, String.valueOf(notNow.getMessage()));
    }
    if (failed instanceof StaleException changed) {
      return of(409, String.valueOf(changed.getMessage()));
    }
    if (failed instanceof AccessDeniedException denied) {
      return of(403, String.valueOf(denied.getMessage()));
    }
    if (failed instanceof HttpMessageNotReadableException unreadable) {
      return unreadable(unreadable.getCause());
    }
    if (failed instanceof MethodArgumentTypeMismatchException wrong) {
      return invalid(400, List.of(new Wrong(wrong.getName(), expected(wrong.getRequiredType()))));
    }
    if (failed instanceof MissingServletRequestParameterException missing) {
      return invalid(400, List.of(new Wrong(missing.getParameterName(), "is missing")));
    }
    if (failed instanceof MissingRequestHeaderException missing) {
      return invalid(400, List.of(new Wrong(missing.getHeaderName(), "is missing")));
    }
    if (failed instanceof HandlerMethodValidationException wrong) {
      return invalid(
          400,
          wrong.getParameterValidationResults().stream()
              .flatMap(
                  result ->
                      result.getResolvableErrors().stream()
                          .map(
                              error ->
                                  new Wrong(
                                      String.valueOf(
                                          result.getMethodParameter().getParameterName()),
                                      String.valueOf(error.getDefaultMessage()))))
              .toList());
    }
    if (failed instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return of(
          known.getStatusCode().value(),
          Objects.requireNonNullElse(
              known.getBody().getDetail(), "The server can't take this request as it is."));
    }
    return failure(failed, path);
  }

  private static String field(String field, String path) {
    if (path.startsWith(ApiSecurity.BASE + "/urgent-messages")) {
      return Fields.ofUrgent(field);
    }
    boolean message = path.startsWith(ApiSecurity.BASE + "/messages");
    return message ? Fields.ofMessages(field) : Fields.api(field);
  }

  private static Problem failure(Exception failed, String path) {
    String reference = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("error {} at {}", reference, path, failed);
    String words =
        failed instanceof StoreException disk
            ? String.valueOf(disk.getMessage())
            : "The console failed. Whoever looks after it finds why in its log.";
    return new Problem(
        "about:blank",
        ProblemWriter.title(500),
        HttpStatus.INTERNAL_SERVER_ERROR.value(),
        words,
        List.of(),
        reference);
  }

  private static Problem unreadable(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds() == null
              ? ""
              : unknown.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", "));
      return invalid(
          400, List.of(new Wrong(path(unknown), "is not known here; there are " + known)));
    }
    if (cause instanceof InvalidFormatException wrong) {
      return invalid(400, List.of(new Wrong(path(wrong), expected(wrong.getTargetType()))));
    }
    if (cause instanceof JacksonException broken && !broken.getPath().isEmpty()) {
      return invalid(
          400, List.of(new Wrong(path(broken), "is not what belongs there, or is missing")));
    }
    if (cause instanceof JacksonException broken) {
      return of(
          400,
          "The body is not the JSON it should be%s."
              .formatted(
                  broken.getLocation() == null
                      ? ""
                      : " (line %d, column %d)"
                          .formatted(
                              broken.getLocation().getLineNr(),
                              broken.getLocation().getColumnNr())));
    }
    return of(400, "The request needs a body.");
  }

  private static String path(JacksonException broken) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : broken.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "is not what belongs there";
    }
    if (type.isEnum()) {
      return "is not one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "LocalDate" -> "is not a day such as 2026-11-27";
      case "LocalTime" -> "is not a time such as 19:00";
      case "OffsetDateTime", "Instant" ->
          "is not a moment such as 2026-11-27T23:40:00+00:00 (in an address, write + as %2B)";
      case "int", "Integer", "long", "Long" -> "is not a whole number";
      case "Double" -> "is not a number";
      case "boolean", "Boolean" -> "is not true or false";
      case "byte[]" -> "is not base64";
      default -> "is not what belongs there";
    };
  }

  private static Problem invalid(int status, List<Wrong> errors) {
    return new Problem(
        "about:blank",
        ProblemWriter.title(status),
        status,
        errors.stream()
            .map(
                wrong ->
                    wrong.field().isEmpty()
                        ? wrong.message()
                        : wrong.field() + ": " + wrong.message())
            .collect(Collectors.joining("; ")),
        errors,
        null);
  }

  private static Problem of(int status, String detail) {
    return Problem.of(status, ProblemWriter.title(status), detail);
  }
}

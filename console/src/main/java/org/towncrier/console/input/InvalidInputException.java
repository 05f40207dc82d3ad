package org.towncrier.console.input;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with what a person gave. Nothing was changed. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  /** One thing that is wrong. The field is a form's, or a path such as {@code messages[2].text}. */
  public record Problem(String field, String message) {
    @Override
    public String toString() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }

  /** Says them all at once. */
  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** One problem alone. */
  public InvalidInputException(String field, String message) {
    this(List.of(new Problem(field, message)));
  }

  /** All of them, in the order of the form or the file. */
  public List<Problem> problems() {
    return problems;
  }
}

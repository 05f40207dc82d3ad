package org.towncrier.console.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.towncrier.console.token.Scope;

/**
 * A method that answers programs. What stands here is kept to by {@link ScopeGate} and said by the
 * OpenAPI document; a method of the API without it answers nobody.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Endpoint {
  /** The one scope it needs; none for what anybody may read without a token. */
  Scope[] scope();

  /** What it does, in a sentence. */
  String says();

  /** The status when all went well. */
  int status() default 200;
}

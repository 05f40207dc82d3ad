package org.towncrier.hardware.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a suite of ordinary JUnit tests that runs inside the rig, where {@code hci0} and what
 * follows are the node's adapters and the other controllers are phones. {@link Rig} boots one
 * machine for it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("guest")
public @interface Guest {
  /** Controllers on the air, the node's own among them; 64 at most. */
  int controllers() default 4;

  /** How many of them, from number 0 on, are the node's. */
  int adapters() default 1;

  /** Seconds until the machine is stopped and its unfinished tests have failed. */
  int limit() default 240;

  /** Whose rights the tests have. */
  Rights rights() default Rights.SERVICE;

  /** Whose rights the tests have. */
  enum Rights {
    /** Those of the node's service: nobody, with CAP_NET_RAW and CAP_NET_ADMIN. */
    SERVICE("-u"),
    /** Nobody's. */
    NOBODY("-U"),
    /** All. */
    ROOT("");

    private final String option;

    Rights(String option) {
      this.option = option;
    }

    String option() {
      return option;
    }
  }
}

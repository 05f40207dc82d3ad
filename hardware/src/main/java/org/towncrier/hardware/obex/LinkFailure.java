package org.towncrier.hardware.obex;

import org.towncrier.hardware.OfferResult.End;

/** Why no link could be had, as the {@link End} that the offer gets. */
public final class LinkFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final End end;

  /**
   * @param detail for the log, without any address
   */
  public LinkFailure(End end, String detail) {
    super(detail);
    this.end = end;
  }

  public End end() {
    return end;
  }

  /** What happened, for the log. */
  public String detail() {
    String message = getMessage();
    return message == null ? end.name() : message;
  }
}

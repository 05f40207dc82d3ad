package org.towncrier.console.message;

import java.util.ArrayList;
import java.util.List;

/**
 * A message as pages show it: its newest version.
 *
 * @param edit grows with each save
 * @param status of the newest version
 * @param speaking the status of the version that stands approved, on air, to come or paused; empty
 *     when there is none
 * @param reason why it was returned; empty when it was not
 * @param accepted phones that took it, training not among them
 */
public record MessageView(
    String id,
    int number,
    int edit,
    String campaign,
    String campaignTitle,
    String status,
    String speaking,
    String title,
    String kind,
    String text,
    String objectName,
    String priority,
    String author,
    String submittedBy,
    String decidedBy,
    String reason,
    long accepted) {

  /** A word in a coloured box. */
  public record Tag(String text, String style) {}

  /** What state it is in: two when an approved version speaks while a newer one is written. */
  public List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    if (!speaking.isEmpty() && !speaking.equals(status)) {
      tags.add(tag(speaking));
    }
    tags.add(tag(status));
    return tags;
  }

  /** Whether it goes before all others, at once. */
  public boolean urgent() {
    return priority.equals("URGENT");
  }

  /** Whether somebody else should decide on it. */
  public boolean waiting() {
    return status.equals("SUBMITTED");
  }

  /** Whether its newest version can be changed. */
  public boolean open() {
    return status.equals("DRAFT") || status.equals("RETURNED");
  }

  /** Whether it can be changed, if need be by a new version. */
  public boolean editable() {
    return open() || status.equals(speaking);
  }

  /** Whether a version of it may be on air. */
  public boolean isSpeaking() {
    return !speaking.isEmpty();
  }

  /** Whether it is kept from its nodes for a while. */
  public boolean paused() {
    return speaking.equals("PAUSED");
  }

  /** Whether it can be kept from its nodes for a while. */
  public boolean pausable() {
    return isSpeaking() && !paused();
  }

  /** Whether it can be said to have done its work. */
  public boolean endable() {
    return isSpeaking();
  }

  /** Whether there is something to stop. */
  public boolean cancellable() {
    return isSpeaking() || waiting() || open();
  }

  /** The box of a status, by its name. */
  static Tag tag(String status) {
    return switch (status) {
      case "DRAFT" -> new Tag("Draft", "govuk-tag--grey");
      case "SUBMITTED" -> new Tag("Waiting for approval", "govuk-tag--blue");
      case "RETURNED" -> new Tag("Returned", "govuk-tag--orange");
      case "APPROVED" -> new Tag("Approved", "govuk-tag--turquoise");
      case "LIVE" -> new Tag("Live", "govuk-tag--green");
      case "PAUSED" -> new Tag("Paused", "govuk-tag--yellow");
      case "DISCARDED" -> new Tag("Discarded", "govuk-tag--grey");
      case "REPLACED" -> new Tag("Replaced", "govuk-tag--grey");
      case "ENDED" -> new Tag("Ended", "govuk-tag--grey");
      case "CANCELLED" -> new Tag("Cancelled", "govuk-tag--red");
      default -> new Tag(status, "govuk-tag--grey");
    };
  }
}

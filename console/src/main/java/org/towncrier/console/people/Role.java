package org.towncrier.console.people;

/** What a person may do. One person may have several; everyone who is signed in may read. */
public enum Role {
  AUTHOR("Author", "Writes messages, schedules them and sends them for approval"),
  APPROVER(
      "Approver",
      "Approves or returns messages that somebody else wrote; pauses, ends and cancels any"),
  SENIOR_APPROVER(
      "Senior approver",
      "An approver who also decides on sensitive topics, such as domestic abuse"),
  EVALUATOR("Evaluator", "Reads and downloads what came of the messages"),
  ADMINISTRATOR(
      "Administrator",
      "Adds people; holds nodes, puts them into training and says how often they ask");

  private final String title;
  private final String hint;

  Role(String title, String hint) {
    this.title = title;
    this.hint = hint;
  }

  /** As pages name it. */
  public String title() {
    return title;
  }

  /** What it allows, for the person who hands it out. */
  public String hint() {
    return hint;
  }
}

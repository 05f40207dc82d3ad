package org.towncrier.console.message;

import java.util.List;
import java.util.Optional;

/**
 * What a message about a usual topic may begin from. What stands in square brackets is for the
 * author to fill in; the checks do not let it go out as it is. Numbers are those the community
 * safety strategy of 2008 names.
 */
record Starter(String id, String topic, MessageForm form) {
  private static final List<Starter> ALL =
      List.of(
          words(
              "getting-home",
              "Getting home",
              "Plan your way home before the last drink. The last bus to [place] leaves [stop] at"
                  + " [time]. Or take a licensed taxi: its plate is on the outside. Stay with your"
                  + " friends.\n\nFeel unsafe? Go into a pub or shop and say so. In an emergency"
                  + " call 999."),
          words(
              "drinking-responsibly",
              "A good night",
              "Eat first, have water between drinks, and never leave a drink alone. Bars here ask"
                  + " anybody who looks under 21 for proof of age, so bring it."),
          words(
              "alcohol-free-zone",
              "No drinking in these streets",
              "You are in an alcohol-free zone: [streets]. Please finish your drink inside. The"
                  + " police may take an open drink from you here."),
          words(
              "event-theft",
              "Look after your things",
              "Thieves come to [event] too. Keep your phone and wallet in a closed pocket and leave"
                  + " nothing in your tent or car. Lost something? Go to [place]. Saw something?"
                  + " Tell a steward, or call 101."),
          words(
              "witness-appeal",
              "Did you see it?",
              "Were you in [street] on [day] at about [time]? [What happened, without names.] If you"
                  + " saw it, call 101. Or tell Crimestoppers without giving your name: 0800 555"
                  + " 111."),
          new Starter(
              "who-to-call",
              "Who to call",
              new MessageForm(
                  "",
                  "Who to call",
                  MessageKind.VCARD.name(),
                  List.of(
                      new WordingForm(
                          "",
                          List.of(new TextForm("en", "Numbers that land in the phone's contacts")),
                          "Police 101 and Crimestoppers",
                          "Safer North West Leicestershire",
                          """
                          Emergency: 999
                          Police, not an emergency: 101
                          Crimestoppers, no name needed: 0800 555 111
                          Community safety team: 01530 454704""",
                          "")))));

  static List<Starter> all() {
    return ALL;
  }

  static Optional<Starter> of(String id) {
    return ALL.stream().filter(starter -> starter.id().equals(id)).findFirst();
  }

  private static Starter words(String id, String title, String text) {
    return new Starter(
        id,
        title,
        new MessageForm("", title, MessageKind.TEXT.name(), List.of(WordingForm.words(text))));
  }
}

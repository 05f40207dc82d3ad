package org.towncrier.console.message;

import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;
import org.towncrier.protocol.MessageId;

/**
 * Pictures that somebody has chosen and not saved yet: a form can't give a browser its file back,
 * so they wait in the session, and the form names them. Nobody but their owner gets at them.
 */
final class PictureTray {
  /** Each is an object's size at most; whoever tries more than this out begins anew. */
  private static final int MOST = 8;

  private static final String NAME = PictureTray.class.getName();
  private static final String SAVED = "saved-";

  private final HttpSession session;

  PictureTray(HttpSession session) {
    this.session = session;
  }

  /** What a form calls the picture that the version before has in that place. */
  static String saved(int place) {
    return SAVED + place;
  }

  /** Lays a picture down and says what to call it. */
  String put(byte[] jpeg) {
    String name = UUID.randomUUID().toString();
    synchronized (WebUtils.getSessionMutex(session)) {
      Pictures pictures = new Pictures(pictures());
      pictures.put(name, jpeg);
      session.setAttribute(NAME, pictures);
    }
    return name;
  }

  /**
   * Where a browser finds the picture of that name.
   *
   * @param message whose version before it may be in; null while there is none
   */
  static String address(String name, @Nullable MessageId message) {
    return message != null && name.startsWith(SAVED)
        ? "/messages/" + message + "/image/" + name.substring(SAVED.length()) + "?small=true"
        : "/messages/new/picture/" + name;
  }

  Optional<byte[]> get(String name) {
    return Optional.ofNullable(pictures().get(name));
  }

  /**
   * The picture of that name, here or in the version before.
   *
   * @return null when it is gone: the session has ended since
   */
  byte @Nullable [] find(String name, @Nullable Draft before) {
    if (!name.startsWith(SAVED)) {
      return get(name).orElse(null);
    }
    String place = name.substring(SAVED.length());
    return before != null
            && place.matches("[1-9]")
            && Integer.parseInt(place) <= before.wordings().size()
        ? before.wordings().get(Integer.parseInt(place) - 1).image()
        : null;
  }

  private Pictures pictures() {
    return session.getAttribute(NAME) instanceof Pictures pictures
        ? pictures
        : new Pictures(new LinkedHashMap<>());
  }

  /** The last few, by name. */
  private static final class Pictures extends LinkedHashMap<String, byte[]> {
    private static final long serialVersionUID = 1L;

    Pictures(LinkedHashMap<String, byte[]> others) {
      super(others);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
      return size() > MOST;
    }
  }
}

package org.towncrier.console.publish;

import org.towncrier.protocol.MalformedPayloadException;
import org.towncrier.protocol.Topic;

/** Takes one kind of what nodes say. Called on one thread, in the order of arrival. */
public interface Inbound {
  /** Which kind. */
  Topic.Kind kind();

  /**
   * Takes it in. What is thrown is told to people, on the node's page; a failing store included.
   *
   * @param topic who said it, as the broker vouches for
   * @throws MalformedPayloadException if it is not what its topic promises
   * @throws RefusedPayloadException if it cannot be right
   */
  void take(Topic topic, byte[] payload) throws MalformedPayloadException, RefusedPayloadException;
}

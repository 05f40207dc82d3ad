package org.towncrier.protocol;

/** Where something is said: by or to one node, or among the nodes of a site. */
public sealed interface TopicName permits Topic, SiteTopic {
  /** The name as MQTT writes it. */
  String name();
}

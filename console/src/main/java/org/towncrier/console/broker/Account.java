package org.towncrier.console.broker;

import java.security.Principal;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** Somebody who may connect. */
sealed interface Account {
  String username();

  /** Whether it may publish there. */
  boolean mayPublish(Topic topic);

  /** Whether it may hear what comes there: a topic, or a filter with wildcards. */
  boolean mayHear(String filter);

  /** The console itself. */
  record Console(String username) implements Account {
    @Override
    public boolean mayPublish(Topic topic) {
      return topic.kind().fromConsole();
    }

    @Override
    public boolean mayHear(String filter) {
      for (Topic.Kind kind : Topic.Kind.values()) {
        if (!kind.fromConsole() && filter.equals(kind.filter())) {
          return true;
        }
      }
      return false;
    }
  }

  /** One node: it speaks and hears for itself alone. */
  record Node(String username, SiteId site, NodeId node) implements Account {
    @Override
    public boolean mayPublish(Topic topic) {
      return own(topic) && !topic.kind().fromConsole();
    }

    @Override
    public boolean mayHear(String filter) {
      return Topic.parse(filter)
          .map(topic -> own(topic) && topic.kind().fromConsole())
          .orElse(false);
    }

    private boolean own(Topic topic) {
      return topic.site().equals(site) && topic.node().equals(node);
    }
  }

  /** An account as Java's security names it. */
  record Holder(Account account) implements Principal {
    @Override
    public String getName() {
      return account.username();
    }
  }
}

package org.towncrier.console.broker;

import java.security.Principal;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteTopic;
import org.towncrier.protocol.Topic;

/** Somebody who may connect. */
sealed interface Account {
  String username();

  /** Whether it may publish there, on a topic of that very name. */
  boolean mayPublish(String topic);

  /** Whether it may hear what comes there: a topic, or a filter with wildcards. */
  boolean mayHear(String filter);

  /** The console itself. */
  record Console(String username) implements Account {
    @Override
    public boolean mayPublish(String topic) {
      return Topic.parse(topic).filter(parsed -> parsed.kind().fromConsole()).isPresent();
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

  /** One node: it speaks and hears for itself, and among the nodes of its site. */
  record Node(String username, SiteId site, NodeId node) implements Account {
    @Override
    public boolean mayPublish(String topic) {
      return ofSite(topic)
          || Topic.parse(topic)
              .filter(parsed -> own(parsed) && !parsed.kind().fromConsole())
              .isPresent();
    }

    @Override
    public boolean mayHear(String filter) {
      return ofSite(filter)
          || Topic.parse(filter)
              .filter(topic -> own(topic) && topic.kind().fromConsole())
              .isPresent();
    }

    /** What is said there is sealed among them: see {@code protocol.ContactSeal}. */
    private boolean ofSite(String topic) {
      return SiteTopic.parse(topic).filter(parsed -> parsed.site().equals(site)).isPresent();
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

package org.towncrier.console.publish;

import java.net.URI;

/** The broker that runs within the console, and the console's own account there. */
public interface BrokerAddress {
  /** Where it listens; with the port it really has. It does once its bean has been started. */
  URI url();

  /** The console's account. */
  String username();

  /** Its password, good for this run of the console. */
  String password();
}

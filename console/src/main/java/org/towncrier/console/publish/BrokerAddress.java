package org.towncrier.console.publish;

import java.net.URI;

/** The broker that runs within the console, and the console's own account there. */
public interface BrokerAddress {
  /** The console's own way to it; with the port it really has, once its bean has been started. */
  URI url();

  /** Where nodes reach it. With TLS that is another door than the console's. */
  URI nodes();

  /** The console's account. */
  String username();

  /** Its password, good for this run of the console. */
  String password();
}

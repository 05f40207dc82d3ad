package org.towncrier.broadcaster.store;

/**
 * The node's records could not be opened, read or written. The message is for the person who looks
 * after the node: what is wrong, and what to do.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }
}

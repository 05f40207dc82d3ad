package org.towncrier.hardware.obex;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An open link to a phone. {@link #close()} may be called from any thread, more than once, and must
 * free a thread that is blocked in reading or writing; it may itself block on a sick stack.
 */
public interface ObexLink extends Closeable {
  InputStream in();

  OutputStream out();
}

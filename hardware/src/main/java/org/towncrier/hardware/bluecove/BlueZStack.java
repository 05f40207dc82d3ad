package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.util.Map;

/**
 * BlueZ 5 on this machine, through sockets of the kernel: our own stack for BlueCove, which needs
 * nothing but Linux with Bluetooth and {@code CAP_NET_RAW}, {@code CAP_NET_ADMIN}.
 */
public record BlueZStack() implements BlueCoveStack {
  /** In BlueCove's package, because a stack must be. */
  private static final NativeStack STACK = new NativeStack("com.intel.bluetooth.TowncrierStack");

  @Override
  public Map<String, String> prepare(AdapterSettings adapter) throws IOException {
    return STACK.prepare(adapter);
  }

  /** They come with the inquiry; whoever told none is not asked. */
  @Override
  public boolean inquiryCarriesNames() {
    return false;
  }
}

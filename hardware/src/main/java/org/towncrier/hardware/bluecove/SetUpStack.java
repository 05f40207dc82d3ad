package org.towncrier.hardware.bluecove;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.hardware.bluez.AdapterSetUp;
import org.towncrier.hardware.bluez.Trait;

/**
 * A stack whose adapters are set up before they are used and kept so while they are: one that can't
 * be is not opened, so nobody is asked anything by a sender without its right name.
 *
 * @param stack what the adapters are used with
 * @param setUp how they have to be
 */
public record SetUpStack(BlueCoveStack stack, AdapterSetUp setUp) implements BlueCoveStack {
  private static final Logger log = LoggerFactory.getLogger(SetUpStack.class);

  @Override
  public Map<String, String> prepare(AdapterSettings adapter) throws IOException {
    AdapterSetUp.Done done = setUp.apply(adapter.id(), adapter.address());
    log.info("Adapter {} is set up and speaks as \"{}\"", adapter.id(), done.is().name());
    // Found by name, it is opened by its address: the stack must not take another meanwhile.
    return stack.prepare(new AdapterSettings(adapter.id(), done.is().address()));
  }

  @Override
  public void uphold(AdapterSettings adapter) throws IOException {
    Set<Trait> changed = setUp.uphold(adapter.id(), adapter.address());
    if (!changed.isEmpty()) {
      log.warn(
          "Something else on this machine changed adapter {}; set again: {}. If bluetoothd runs,"
              + " stop it: sudo systemctl mask --now bluetooth.service",
          adapter.id(),
          AdapterSetUp.listed(changed));
    }
    stack.uphold(adapter);
  }

  @Override
  public boolean inquiryCarriesNames() {
    return stack.inquiryCarriesNames();
  }
}

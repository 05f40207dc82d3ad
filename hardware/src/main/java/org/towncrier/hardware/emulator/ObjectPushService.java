package org.towncrier.hardware.emulator;

import java.io.IOException;
import javax.bluetooth.DataElement;
import javax.bluetooth.LocalDevice;
import javax.bluetooth.ServiceRecord;
import javax.bluetooth.UUID;
import javax.microedition.io.Connector;
import javax.microedition.io.StreamConnectionNotifier;

/** Registers Object Push as phones register it, with an RFCOMM server of our own behind it. */
final class ObjectPushService {
  private static final UUID OBJECT_PUSH = new UUID(0x1105);
  private static final UUID OBEX = new UUID(0x0008);
  private static final int SERVICE_CLASSES = 0x0001;
  private static final int PROTOCOLS = 0x0004;

  private ObjectPushService() {}

  /** Opens the service on the calling thread's device. */
  static StreamConnectionNotifier register() throws IOException {
    StreamConnectionNotifier notifier =
        (StreamConnectionNotifier)
            Connector.open(
                "btspp://localhost:" + OBJECT_PUSH + ";name=OBEX Object Push;authenticate=false");
    LocalDevice device = LocalDevice.getLocalDevice();
    ServiceRecord record = device.getRecord(notifier);
    // A btspp service calls itself a serial port; this one is none, and speaks OBEX.
    DataElement classes = new DataElement(DataElement.DATSEQ);
    classes.addElement(new DataElement(DataElement.UUID, OBJECT_PUSH));
    record.setAttributeValue(SERVICE_CLASSES, classes);
    DataElement protocols = record.getAttributeValue(PROTOCOLS);
    DataElement obex = new DataElement(DataElement.DATSEQ);
    obex.addElement(new DataElement(DataElement.UUID, OBEX));
    protocols.addElement(obex);
    record.setAttributeValue(PROTOCOLS, protocols);
    device.updateRecord(record);
    return notifier;
  }
}

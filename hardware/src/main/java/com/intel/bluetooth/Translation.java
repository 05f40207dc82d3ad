package com.intel.bluetooth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.bluetooth.BluetoothConnectionException;
import javax.bluetooth.BluetoothStateException;
import javax.bluetooth.DataElement;
import javax.bluetooth.DiscoveryListener;
import javax.bluetooth.RemoteDevice;
import javax.bluetooth.UUID;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.bluez.Failure;
import org.towncrier.hardware.bluez.SdpElement;
import org.towncrier.hardware.bluez.SdpRecord;

/** From the kernel's words to JSR-82's. */
final class Translation {
  private Translation() {}

  static BluetoothStateException stateException(Throwable e) {
    BluetoothStateException told =
        new BluetoothStateException(BluetoothAddress.scrub(e.getMessage()));
    told.setStackTrace(e.getStackTrace());
    return told;
  }

  /** An error of ours when the adapter failed; otherwise one that says what the phone did. */
  static IOException connectionException(IOException e) {
    int code =
        switch (Failure.of(e)) {
          case ADAPTER -> 0;
          case UNREACHABLE -> BluetoothConnectionException.TIMEOUT;
          case REFUSED -> BluetoothConnectionException.UNKNOWN_PSM;
          default -> BluetoothConnectionException.FAILED_NOINFO;
        };
    return code == 0
        ? stateException(e)
        : new BluetoothConnectionException(code, BluetoothAddress.scrub(e.getMessage()));
  }

  /** How a service search ended that failed. */
  static int searchResponse(IOException e) {
    return switch (Failure.of(e)) {
      case UNREACHABLE, LINK_LOST, REFUSED -> DiscoveryListener.SERVICE_SEARCH_DEVICE_NOT_REACHABLE;
      default -> DiscoveryListener.SERVICE_SEARCH_ERROR;
    };
  }

  static java.util.UUID uuid(UUID jsr) {
    String hex = "0".repeat(32 - jsr.toString().length()) + jsr;
    return new java.util.UUID(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }

  static UUID uuid(java.util.UUID ours) {
    return new UUID(
        String.format("%016X%016X", ours.getMostSignificantBits(), ours.getLeastSignificantBits()),
        false);
  }

  static ServiceRecordImpl record(BluetoothStack stack, RemoteDevice device, SdpRecord ours) {
    ServiceRecordImpl record = new ServiceRecordImpl(stack, device, handle(ours));
    ours.attributes().forEach((id, value) -> record.populateAttributeValue(id, element(value)));
    return record;
  }

  /** What the phone itself calls the service; nought when it does not say. */
  static long handle(SdpRecord ours) {
    return ours.attributes().get(BluetoothConsts.ServiceRecordHandle)
            instanceof SdpElement.Number number
        ? number.value().longValue()
        : 0;
  }

  static DataElement element(SdpElement ours) {
    if (ours instanceof SdpElement.Number number) {
      return number(number);
    }
    if (ours instanceof SdpElement.Uuid uuid) {
      return new DataElement(DataElement.UUID, uuid(uuid.value()));
    }
    if (ours instanceof SdpElement.Text text) {
      return new DataElement(DataElement.STRING, new String(text.bytes(), StandardCharsets.UTF_8));
    }
    if (ours instanceof SdpElement.Url url) {
      return new DataElement(DataElement.URL, new String(url.bytes(), StandardCharsets.UTF_8));
    }
    if (ours instanceof SdpElement.Bool bool) {
      return new DataElement(bool.value());
    }
    if (ours instanceof SdpElement.Sequence sequence) {
      DataElement list =
          new DataElement(sequence.alternative() ? DataElement.DATALT : DataElement.DATSEQ);
      sequence.elements().forEach(inner -> list.addElement(element(inner)));
      return list;
    }
    return new DataElement(DataElement.NULL);
  }

  /** JSR-82 takes longer numbers, and unsigned ones of eight bytes, as arrays. */
  private static DataElement number(SdpElement.Number number) {
    int type =
        switch (number.bytes()) {
          case 1 -> number.signed() ? DataElement.INT_1 : DataElement.U_INT_1;
          case 2 -> number.signed() ? DataElement.INT_2 : DataElement.U_INT_2;
          case 4 -> number.signed() ? DataElement.INT_4 : DataElement.U_INT_4;
          case 8 -> number.signed() ? DataElement.INT_8 : DataElement.U_INT_8;
          default -> number.signed() ? DataElement.INT_16 : DataElement.U_INT_16;
        };
    if (number.bytes() < 8 || type == DataElement.INT_8) {
      return new DataElement(type, number.value().longValueExact());
    }
    byte[] shortest = number.value().toByteArray();
    byte[] whole = new byte[number.bytes()];
    if (number.value().signum() < 0) {
      java.util.Arrays.fill(whole, (byte) 0xFF);
    }
    int copied = Math.min(shortest.length, whole.length);
    System.arraycopy(shortest, shortest.length - copied, whole, whole.length - copied, copied);
    return new DataElement(type, whole);
  }

  /** The ids of every service's first attributes, which JSR-82 always asks for, and others. */
  static List<Integer> withDefaults(int[] attributes) {
    List<Integer> all = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    for (int attribute : attributes == null ? new int[0] : attributes) {
      if (!all.contains(attribute)) {
        all.add(attribute);
      }
    }
    return all;
  }
}

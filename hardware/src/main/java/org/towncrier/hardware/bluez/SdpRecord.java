package org.towncrier.hardware.bluez;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One service of a phone.
 *
 * @param attributes by their ids
 */
public record SdpRecord(SortedMap<Integer, SdpElement> attributes) {
  /** A phone has some twenty; a page full of them is somebody's joke. */
  private static final int MOST = 256;

  /** Reads a list of attribute lists. */
  static List<SdpRecord> list(byte[] bytes) throws SdpFormatException {
    if (!(SdpReader.read(bytes) instanceof SdpElement.Sequence all) || all.alternative()) {
      throw new SdpFormatException("The list of services is no list");
    }
    if (all.elements().size() > MOST) {
      throw new SdpFormatException("There are too many services");
    }
    List<SdpRecord> records = new ArrayList<>();
    for (SdpElement element : all.elements()) {
      records.add(one(element));
    }
    return records;
  }

  private static SdpRecord one(SdpElement element) throws SdpFormatException {
    if (!(element instanceof SdpElement.Sequence pairs) || pairs.elements().size() % 2 != 0) {
      throw new SdpFormatException("A service is no list of attributes");
    }
    TreeMap<Integer, SdpElement> attributes = new TreeMap<>();
    for (int i = 0; i < pairs.elements().size(); i += 2) {
      if (!(pairs.elements().get(i) instanceof SdpElement.Number id)
          || id.signed()
          || id.bytes() != 2) {
        throw new SdpFormatException("An attribute has no id");
      }
      attributes.put(id.value().intValue(), pairs.elements().get(i + 1));
    }
    return new SdpRecord(attributes);
  }
}

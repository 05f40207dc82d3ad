package org.towncrier.hardware;

import java.util.Arrays;

/**
 * What is offered to a phone: an OBEX object.
 *
 * @param name the file name the phone shows, with an extension it knows ({@code .txt}, {@code
 *     .jpg}, {@code .vcf})
 * @param type the MIME type; Android refuses types outside its allow-list
 * @param content the bytes
 */
public record PushObject(String name, String type, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof PushObject that
        && name.equals(that.name)
        && type.equals(that.type)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "PushObject[" + name + ", " + type + ", " + content.length + " bytes]";
  }
}

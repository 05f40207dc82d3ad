package org.towncrier.town.reach;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.towncrier.town.air.AirModel;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every number of the model, from {@code street-model.yaml}, where each has its source. Times are
 * seconds, shares are of one.
 */
public record StreetModel(
    AirModel.Inquiry inquiry,
    AirModel.Link link,
    AirModel.Signal signal,
    Phones phones,
    Owners owners,
    Item object,
    Map<String, Plan> streets) {
  private static final String FILE = "/street-model.yaml";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * The phones of passers-by.
   *
   * @param discoverable share of passers whose phone, or other device, can be seen at some time
   * @param otherDevices of these, share that are no phones
   * @param objectPush of the phones, share that have Object Push
   * @param alwaysVisible share that can be seen all the while; the others from when their owner has
   *     read the sign
   * @param signMedian from coming to having read it
   * @param signSigma of the logarithm
   * @param openMedian how long it can be seen then
   * @param openSigma of the logarithm
   * @param tellsServices share whose answers list their services
   */
  public record Phones(
      double discoverable,
      double otherDevices,
      double objectPush,
      double alwaysVisible,
      double signMedian,
      double signSigma,
      double openMedian,
      double openSigma,
      double tellsServices) {}

  /**
   * What owners do with a prompt.
   *
   * @param readers those who made their phone visible because of the sign
   * @param others those whose phone can be seen anyway
   * @param phoneWaits after which the phone refuses in its owner's stead
   */
  public record Owners(Answers readers, Answers others, double phoneWaits) {}

  /**
   * One kind of owner.
   *
   * @param accepts share that would accept
   * @param declines share that would decline; the rest let the prompt pass
   * @param answerMedian until they do; whoever takes longer than the phone waits has let it pass
   * @param answerSigma of the logarithm
   */
  public record Answers(double accepts, double declines, double answerMedian, double answerSigma) {}

  /** What is offered. */
  public record Item(int bytes) {}

  /**
   * One kind of evening.
   *
   * @param hours how long it is
   * @param passersPerHour people who come into range, on average over the evening
   * @param shape by hour, of that average
   * @param stayMedian how long they stay
   * @param staySigma of the logarithm
   */
  public record Plan(
      double hours,
      double passersPerHour,
      List<Double> shape,
      double stayMedian,
      double staySigma) {
    public Plan {
      shape = List.copyOf(shape);
      if (shape.size() != Math.ceil(hours)) {
        throw new IllegalArgumentException("a shape has a number for each hour");
      }
    }
  }

  /** The model that is shipped. */
  public static StreetModel load() {
    return YAML.treeToValue(values(file()), StreetModel.class);
  }

  /** The radio's part of it. */
  public AirModel air() {
    return new AirModel(inquiry, link, signal);
  }

  /** The plan of a street that there is. */
  public Plan street(String name) {
    return Objects.requireNonNull(streets.get(name), name);
  }

  /** The file as it is, with the sources. */
  static JsonNode file() {
    try (InputStream in = Objects.requireNonNull(StreetModel.class.getResourceAsStream(FILE))) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same tree with the numbers alone. */
  private static JsonNode values(JsonNode node) {
    if (node.has("is")) {
      return node.get("is");
    }
    ObjectNode values = YAML.createObjectNode();
    node.properties().forEach(entry -> values.set(entry.getKey(), values(entry.getValue())));
    return values;
  }
}

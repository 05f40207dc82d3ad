package org.towncrier.console.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.node.TownPlan.Place;

/** Draws sites and nodes as far as somebody said where they are. */
@Component
public class TownPlans {
  /** Degrees, some 2 km: what lies further apart is a dot each on one drawing. */
  private static final double ONE_TOWN = 0.018;

  private final NodeWords words;
  private final ConsoleSettings.TownMap map;

  TownPlans(NodeWords words, ConsoleSettings settings) {
    this.words = words;
    this.map = settings.map();
  }

  /**
   * What templates draw: plans, and for a script that has a tile server the same places on a map.
   *
   * @param unplaced nodes of which nobody has said where they are
   * @param map where the tiles come from
   */
  public record Drawn(List<Titled> plans, int unplaced, ConsoleSettings.TownMap map) {
    public Drawn {
      plans = List.copyOf(plans);
    }
  }

  /** A plan and what it shows. */
  public record Titled(String title, TownPlan plan) {}

  /** All of these sites: one plan where they lie together, else one of the sites and one each. */
  public Drawn of(List<SiteView> sites) {
    List<Titled> plans = new ArrayList<>();
    List<Place> all = new ArrayList<>();
    List<Place> overview = new ArrayList<>();
    List<Titled> each = new ArrayList<>();
    int unplaced = 0;
    for (SiteView site : sites) {
      List<Place> nodes = new ArrayList<>();
      for (NodeView node : site.nodes()) {
        Position position = node.position();
        if (position == null) {
          unplaced++;
        } else {
          nodes.add(node(node, position));
        }
      }
      centre(site, nodes).ifPresent(centre -> overview.add(site(site, centre)));
      all.addAll(nodes);
      Position own = site.position();
      if (nodes.isEmpty() && own != null) {
        all.add(site(site, own));
      }
      TownPlan.of(nodes).ifPresent(plan -> each.add(new Titled(site.name(), plan)));
    }
    if (isOneTown(all)) {
      TownPlan.of(all).ifPresent(plan -> plans.add(new Titled("Sites and nodes", plan)));
    } else {
      TownPlan.of(overview).ifPresent(plan -> plans.add(new Titled("Sites", plan)));
      plans.addAll(each);
    }
    return new Drawn(plans, unplaced, map);
  }

  private static boolean isOneTown(List<Place> places) {
    double north = Double.NEGATIVE_INFINITY;
    double south = Double.POSITIVE_INFINITY;
    double west = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    for (Place place : places) {
      north = Math.max(north, place.position().latitude());
      south = Math.min(south, place.position().latitude());
      west = Math.min(west, place.position().longitude());
      east = Math.max(east, place.position().longitude());
    }
    return north - south < ONE_TOWN && east - west < ONE_TOWN;
  }

  private static Optional<Position> centre(SiteView site, List<Place> nodes) {
    if (site.position() != null || nodes.isEmpty()) {
      return Optional.ofNullable(site.position());
    }
    return Optional.of(
        new Position(
            nodes.stream().mapToDouble(n -> n.position().latitude()).average().orElseThrow(),
            nodes.stream().mapToDouble(n -> n.position().longitude()).average().orElseThrow()));
  }

  private Place node(NodeView node, Position position) {
    return new Place(node.node(), words.markWords(node), words.mark(node), node.path(), position);
  }

  private Place site(SiteView site, Position position) {
    long online = site.nodes().stream().filter(NodeView::online).count();
    int nodes = site.nodes().size();
    return new Place(
        site.name(),
        "%d of %d online".formatted(online, nodes),
        site.nodes().stream().noneMatch(words::isMissed) ? "well" : online > 0 ? "trouble" : "lost",
        "/sites/" + site.site(),
        position);
  }
}

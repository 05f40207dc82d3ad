package org.towncrier.console;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the console, under {@code towncrier.}.
 *
 * @param data folder of everything the console keeps: its database, its keys, its broker's journal
 * @param zone where its local times are local
 * @param demo marks every page as a demonstration
 * @param behindTlsProxy says that whatever is in front of the console speaks TLS with people, so
 *     that it may listen without TLS on an address other machines reach
 * @param metricsToken lets a metrics collector that shows it read /actuator/prometheus; 20
 *     characters or more
 * @param allowedLinks domains that messages may link to, with all below them
 * @param broker the MQTT broker between console and nodes
 * @param schedule how long nodes may go on with what they were told
 * @param permittedHours the hours in which nodes may ask phones, as their own files say
 * @param noticeboard public pages that say what is genuine now
 * @param map where the pictures of the map of nodes come from
 * @param mail the mail server that one-time links are sent by
 * @param signIn a sign-in service of the council's own, beside passwords
 * @param api what programs may do, by tokens
 */
@ConfigurationProperties(prefix = "towncrier", ignoreUnknownFields = false)
public record ConsoleSettings(
    @DefaultValue("console-data") Path data,
    @DefaultValue("Europe/London") ZoneId zone,
    @DefaultValue("false") boolean demo,
    @DefaultValue("false") boolean behindTlsProxy,
    @Nullable String metricsToken,
    @DefaultValue({"gov.uk", "police.uk", "nhs.uk", "crimestoppers-uk.org", "talktofrank.com"})
        List<String> allowedLinks,
    @DefaultValue Broker broker,
    @DefaultValue Schedule schedule,
    @DefaultValue PermittedHours permittedHours,
    @DefaultValue Noticeboard noticeboard,
    @DefaultValue TownMap map,
    @DefaultValue Mail mail,
    @DefaultValue SignIn signIn,
    @DefaultValue Api api) {

  /**
   * The MQTT broker between console and nodes.
   *
   * @param embedded whether the console runs the broker itself
   * @param bind where the embedded broker listens, such as mqtt://127.0.0.1:1883, or mqtts:// for
   *     an address that other machines reach; port 0 takes any that is free
   * @param url of another broker, when embedded is false, such as mqtts://broker.example:8883
   * @param publicUrl the broker as nodes reach it, for the files that add-node writes; when left
   *     out it is where the broker listens
   * @param username the console's account at that broker
   * @param password the password of that account
   * @param caCertificate certificate (PEM) of who vouches for that broker, when it is the team's
   *     own; the machine's own list when left out
   * @param certificate the embedded broker's certificate chain (PEM), for mqtts://
   * @param privateKey the private key (PEM) of that certificate
   */
  public record Broker(
      @DefaultValue("true") boolean embedded,
      @DefaultValue("mqtt://127.0.0.1:1883") String bind,
      @Nullable String url,
      @Nullable String publicUrl,
      @Nullable String username,
      @Nullable String password,
      @Nullable Path caCertificate,
      @Nullable Path certificate,
      @Nullable Path privateKey) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Broker[embedded=%s, bind=%s, url=%s, username=%s]"
          .formatted(embedded, bind, url, username);
    }
  }

  /**
   * How long nodes may go on with what they were told.
   *
   * @param validFor a node that has heard nothing new for so long falls silent
   * @param renewEvery how often a schedule that did not change is signed afresh; a day at most
   */
  public record Schedule(
      @DefaultValue("14d") Duration validFor, @DefaultValue("1d") Duration renewEvery) {
    public Schedule {
      if (renewEvery.isNegative() || renewEvery.isZero() || validFor.compareTo(renewEvery) <= 0) {
        throw new IllegalArgumentException(
            ("towncrier.schedule.valid-for (%s) must be longer than towncrier.schedule.renew-every"
                    + " (%s), or nodes fall silent between renewals")
                .formatted(validFor, renewEvery));
      }
      if (renewEvery.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            ("towncrier.schedule.renew-every (%s) must be a day at most: a campaign reaches its"
                    + " nodes with the renewal of the day before it starts")
                .formatted(renewEvery));
      }
    }
  }

  /**
   * The hours in which nodes may ask phones, as their own files say. The nodes keep to theirs,
   * whatever stands here; outside these the console calls nothing current.
   *
   * @param start local time at which they begin, as in the nodes' files
   * @param end local time at which they end; before start it is on the next day, the same as start
   *     means all day
   */
  public record PermittedHours(
      @DefaultValue("19:00") LocalTime start, @DefaultValue("04:00") LocalTime end) {}

  /**
   * Public pages that say what is genuine now, on a listener of their own.
   *
   * @param port where they listen, such as 8081; there are none while it is left out
   * @param address on which of this machine's addresses; anybody may read these pages, so it may be
   *     one that other machines reach
   * @param url the address under which phones reach them, such as https://check.example.gov.uk, for
   *     the code on signs
   * @param controller who is responsible by law for what is kept about phones, such as the council
   * @param contact how to reach them, to object or to ask: a telephone number, an address, or both
   * @param dataProtectionOfficer how to reach the data protection officer
   * @param lawfulBasis on what lawful basis, in a sentence for the privacy notice
   * @param countsKept how long the counts are kept, in words such as: two years
   */
  public record Noticeboard(
      @Nullable Integer port,
      @DefaultValue("127.0.0.1") InetAddress address,
      @Nullable URI url,
      @Nullable String controller,
      @Nullable String contact,
      @Nullable String dataProtectionOfficer,
      @Nullable String lawfulBasis,
      @Nullable String countsKept) {
    /** More does not fit on a sign. */
    private static final int LONGEST = 120;

    public Noticeboard {
      if (port != null && (port < 0 || port > 65_535)) {
        throw new IllegalArgumentException("towncrier.noticeboard.port is 0 to 65535, not " + port);
      }
      if (url != null && !isPlain(url)) {
        throw new IllegalArgumentException(
            "towncrier.noticeboard.url must be https:// and a name, and nothing after it, not "
                + url);
      }
      fits("controller", controller);
      fits("contact", contact);
    }

    private static boolean isPlain(URI url) {
      return Set.of("https", "http").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && Set.of("", "/").contains(url.getRawPath())
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    }

    private static void fits(String setting, @Nullable String words) {
      if (words != null && (words.isBlank() || words.length() > LONGEST)) {
        throw new IllegalArgumentException(
            "towncrier.noticeboard.%s must have 1 to %d characters, to fit on a sign"
                .formatted(setting, LONGEST));
      }
    }
  }

  /**
   * Where the pictures of the map of nodes come from. Without them there is a plain plan. Browsers
   * of the team ask that server for what they look at, and no page asks any other.
   *
   * @param tiles address of a tile server, such as https://tiles.example/{z}/{x}/{y}.png
   * @param attribution whom its licence says to name, such as © OpenStreetMap contributors
   * @param deepest how far it can be zoomed into
   */
  public record TownMap(
      @Nullable String tiles, @Nullable String attribution, @DefaultValue("19") int deepest) {
    private static final Pattern TILES =
        Pattern.compile(
            "(https://[A-Za-z0-9.-]+(?::[0-9]+)?|http://(?:127\\.0\\.0\\.1|localhost):[0-9]+)(/[^\\s\"'<>]*)");

    public TownMap {
      if (tiles != null && !isTiles(tiles)) {
        throw new IllegalArgumentException(
            "towncrier.map.tiles must be https://, a host's name and a path with {z}, {x} and {y},"
                + " such as https://tiles.example/{z}/{x}/{y}.png, not "
                + tiles);
      }
      if (tiles != null && (attribution == null || attribution.isBlank())) {
        throw new IllegalArgumentException(
            "towncrier.map.attribution must say whom to name beside the map, as the licence of"
                + " towncrier.map.tiles asks");
      }
      if (deepest < 1 || deepest > 25) {
        throw new IllegalArgumentException("towncrier.map.deepest is 1 to 25, not " + deepest);
      }
    }

    private static boolean isTiles(String tiles) {
      Matcher matcher = TILES.matcher(tiles);
      if (!matcher.matches()) {
        return false;
      }
      String path = matcher.group(2);
      String rest = path.replace("{z}", "").replace("{x}", "").replace("{y}", "");
      return path.contains("{z}")
          && path.contains("{x}")
          && path.contains("{y}")
          && rest.indexOf('{') < 0
          && rest.indexOf('}') < 0;
    }

    /** Scheme and host of the tile server, for the policy of what pages may load. */
    public @Nullable String host() {
      if (tiles == null) {
        return null;
      }
      Matcher matcher = TILES.matcher(tiles);
      return matcher.matches() ? matcher.group(1) : null;
    }
  }

  /**
   * The mail server that one-time links are sent by. The link is shown to the administrator in any
   * case.
   *
   * @param host the SMTP server; no mail is sent while it is left out
   * @param port of it; 587 for STARTTLS, 465 for TLS from the beginning
   * @param username the console's account there, if it asks for one
   * @param password the password of that account
   * @param from the address that mail comes from, such as towncrier@example.gov.uk
   * @param encryption starttls, tls, or none, which is for a server on this machine alone: a
   *     one-time link is as good as a password
   */
  public record Mail(
      @Nullable String host,
      @DefaultValue("587") int port,
      @Nullable String username,
      @Nullable String password,
      @Nullable String from,
      @DefaultValue("starttls") Encryption encryption) {
    /** How it is kept from being read on its way. */
    public enum Encryption {
      STARTTLS,
      TLS,
      NONE
    }

    public Mail {
      if (host != null && (from == null || !from.matches("[^\\s@]+@[^\\s@]+"))) {
        throw new IllegalArgumentException(
            "towncrier.mail.from must be an email address, since towncrier.mail.host is set");
      }
      if (host != null && encryption == Encryption.NONE && !isLoopback(host)) {
        throw new IllegalArgumentException(
            "towncrier.mail.encryption must be starttls or tls: one-time links would cross the"
                + " network to "
                + host
                + " in the clear");
      }
      if ((username == null) != (password == null)) {
        throw new IllegalArgumentException(
            "towncrier.mail.username and towncrier.mail.password go together");
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Mail[host=%s, port=%d, username=%s, from=%s, encryption=%s]"
          .formatted(host, port, username, from, encryption);
    }
  }

  /**
   * A sign-in service of the council's own (OpenID Connect), beside passwords. It lets people in
   * who have an account here already, and gives nobody a role.
   *
   * @param issuer its address, such as https://login.example.gov.uk/realms/council; there is none
   *     while it is left out. It must say of email addresses that they are verified
   *     (email_verified), which Microsoft Entra ID does not by itself
   * @param clientId what it knows the console by
   * @param clientSecret the secret that goes with it
   * @param name what people call it, for the button on the sign-in page
   */
  public record SignIn(
      @Nullable URI issuer,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @DefaultValue("your council account") String name) {
    public SignIn {
      if (issuer != null && (clientId == null || clientSecret == null)) {
        throw new IllegalArgumentException(
            "towncrier.sign-in.client-id and towncrier.sign-in.client-secret must be set, since"
                + " towncrier.sign-in.issuer is");
      }
      if (issuer != null
          && !"https".equals(issuer.getScheme())
          && !("http".equals(issuer.getScheme()) && isLoopback(String.valueOf(issuer.getHost())))) {
        throw new IllegalArgumentException(
            "towncrier.sign-in.issuer must begin with https://, not " + issuer);
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "SignIn[issuer=%s, clientId=%s, name=%s]".formatted(issuer, clientId, name);
    }
  }

  /** Whether that host is this machine, so that nothing crosses a network. */
  private static boolean isLoopback(String host) {
    return host.matches("localhost|127(\\.[0-9]+){3}|::1|\\[::1\\]");
  }

  /**
   * What programs may do under /api/v1, by tokens.
   *
   * @param approvals whether a token may be given the scope messages:approve; by default people
   *     alone approve, signed in and with the words before them
   * @param requestsPerMinute how many requests of one token are answered in a minute
   */
  public record Api(
      @DefaultValue("false") boolean approvals, @DefaultValue("300") int requestsPerMinute) {
    public Api {
      if (requestsPerMinute < 1) {
        throw new IllegalArgumentException(
            "towncrier.api.requests-per-minute is 1 or more, not " + requestsPerMinute);
      }
    }
  }
}

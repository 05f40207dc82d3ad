package org.towncrier.console.noticeboard;

import jakarta.servlet.ServletRegistration;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.Serving;
import org.towncrier.console.store.StartRefusedException;

/**
 * The public listener: a web server of its own, with one servlet. The console's pages are not
 * filtered out of it; it has never heard of them.
 */
@Component
@Serving
@ConditionalOnProperty("towncrier.noticeboard.port")
public class BoardServer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(BoardServer.class);

  /** Pages take a millisecond or two; more threads would only take the console's cores. */
  private static final int THREADS = 16;

  /** At the same time, most of them idle. A full square is a few hundred. */
  private static final int CONNECTIONS = 1_000;

  /** For a line of the request, and between two requests; who is slower makes room. */
  private static final int PATIENCE_MILLIS = 5_000;

  /** All headers of a request. Nothing of it but its first line is ever used. */
  private static final int HEADER_BYTES = 8 * 1024;

  private final BoardPages pages;
  private final ConsoleSettings.Noticeboard settings;
  private @Nullable WebServer server;

  BoardServer(BoardPages pages, ConsoleSettings settings) {
    this.pages = pages;
    this.settings = settings.noticeboard();
  }

  /** Where it listens; another than was set when that was 0. */
  public int port() {
    return Objects.requireNonNull(server, "the notice board has not started").getPort();
  }

  @Override
  public void start() {
    int port = Objects.requireNonNull(settings.port());
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
    factory.setAddress(settings.address());
    factory.setRegisterDefaultServlet(false);
    factory.addContextCustomizers(BoardServer::bare);
    factory.addConnectorCustomizers(BoardServer::bounded);
    WebServer made =
        factory.getWebServer(
            servlets -> {
              ServletRegistration.Dynamic board =
                  servlets.addServlet("board", new BoardServlet(pages));
              board.addMapping("/*");
              board.setLoadOnStartup(1);
            });
    try {
      made.start();
    } catch (WebServerException failed) {
      made.destroy();
      boolean taken = failed instanceof PortInUseException;
      throw new StartRefusedException(
          "The public notice board can't listen at %s, port %d: %s."
              .formatted(
                  settings.address().getHostAddress(),
                  port,
                  taken
                      ? "another program uses it"
                      : NestedExceptionUtils.getMostSpecificCause(failed).getMessage()),
          "Mend the settings towncrier.noticeboard.port and towncrier.noticeboard.address.",
          // Spring's own words for a port in use name another setting.
          failed.getCause());
    }
    server = made;
    LOG.info("The public notice board listens on {}:{}", settings.address(), made.getPort());
    Facts facts = new Facts(settings);
    if (!facts.missingSettings().isEmpty()) {
      LOG.warn(
          "The public notice board says that it is not complete, and signs may not be printed yet;"
              + " set {}",
          String.join(", ", facts.missingSettings()));
    }
  }

  /** No cookies, no session, and none of the server's own error pages. */
  private static void bare(Context context) {
    context.setCookies(false);
    StandardHost host = (StandardHost) context.getParent();
    host.setErrorReportValveClass(null);
    host.getPipeline().addValve(new PlainErrors());
  }

  private static void bounded(Connector connector) {
    connector.setMaxPostSize(0);
    connector.setMaxParameterCount(0);
    connector.setXpoweredBy(false);
    AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    http.setMaxThreads(THREADS);
    http.setMaxConnections(CONNECTIONS);
    http.setConnectionTimeout(PATIENCE_MILLIS);
    http.setKeepAliveTimeout(PATIENCE_MILLIS);
    http.setMaxHttpRequestHeaderSize(HEADER_BYTES);
    // What somebody sends along is not read: the connection ends.
    http.setMaxSwallowSize(0);
    http.setCompression("on");
  }

  @Override
  public void stop() {
    WebServer running = server;
    server = null;
    if (running != null) {
      running.stop();
      running.destroy();
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }
}

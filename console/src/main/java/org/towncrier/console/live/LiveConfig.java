package org.towncrier.console.live;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.towncrier.console.ConsoleSettings;

/** Puts the live counts together. */
@Configuration(proxyBeanMethods = false)
class LiveConfig {
  @Bean
  CountsNow countsNow(JdbcClient db, InstantSource clock, ConsoleSettings settings) {
    return new CountsNow(db, clock, settings.zone());
  }

  @Bean
  LiveCounts liveCounts(List<LiveSource> sources) {
    return new LiveCounts(
        () -> {
          Map<String, Long> all = new TreeMap<>();
          sources.forEach(source -> all.putAll(source.get()));
          return all;
        },
        Duration.ofSeconds(1));
  }

  /** Who signs out takes their open pages' streams along. */
  @Bean
  HttpSessionListener liveCountsEndWithTheirSession(LiveCounts live) {
    return new HttpSessionListener() {
      @Override
      public void sessionDestroyed(HttpSessionEvent event) {
        live.close(event.getSession().getId());
      }
    };
  }
}

package org.towncrier.console.page;

import java.time.InstantSource;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that templates call by name. */
@Configuration(proxyBeanMethods = false)
class PageConfig {
  @Bean
  LocalTimes times(@Value("${towncrier.zone:Europe/London}") String zone, InstantSource clock) {
    return new LocalTimes(ZoneId.of(zone), clock);
  }
}

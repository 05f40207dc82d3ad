package org.towncrier.console.page;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.towncrier.console.ConsoleSettings;

/** The beans that templates call by name. */
@Configuration(proxyBeanMethods = false)
class PageConfig {
  @Bean
  LocalTimes times(ConsoleSettings settings, InstantSource clock) {
    return new LocalTimes(settings.zone(), clock);
  }
}

package org.towncrier.console.people;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Behind a proxy everybody would seem to come from the proxy, and links to begin with http: what
 * the proxy says of its callers is believed, unless {@code server.forward-headers-strategy} says
 * otherwise. Tomcat believes it of addresses of a private network alone.
 */
@Component
class BehindProxy implements BeanPostProcessor {
  private final Environment environment;

  BehindProxy(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof ServerProperties server
        && server.getForwardHeadersStrategy() == null
        && environment.getProperty("towncrier.behind-tls-proxy", Boolean.class, false)) {
      server.setForwardHeadersStrategy(ForwardHeadersStrategy.NATIVE);
    }
    return bean;
  }
}

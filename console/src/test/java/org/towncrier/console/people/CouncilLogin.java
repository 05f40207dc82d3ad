package org.towncrier.console.people;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** A real OpenID Connect provider, as a council has one: Spring's authorization server. */
final class CouncilLogin implements AutoCloseable {
  static final String PASSWORD = "council password";
  static final String CLIENT = "console";
  static final String SECRET = "secret of the console";

  private final ConfigurableApplicationContext context;

  CouncilLogin() {
    context =
        new SpringApplicationBuilder(Provider.class)
            .properties(
                Map.of(
                    // Not the console's own settings, which lie on the same class path.
                    "spring.config.name", "council-login",
                    "spring.main.banner-mode", "off",
                    "server.port", "0",
                    "server.address", "127.0.0.1",
                    "management.endpoints.web.exposure.include", "",
                    "spring.autoconfigure.exclude",
                        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                            + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"))
            .run();
  }

  /** By another name than the console's, since cookies know no ports. */
  String issuer() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** Lets a console send people here; one, once. */
  void register(String consoleUrl) {
    context.getBean(InMemoryRegisteredClientRepository.class).save(client(consoleUrl));
  }

  /** What it says of somebody from now on: their address, and whether it has verified it. */
  void says(String username, String email, boolean verified) {
    context
        .getBean(Claims.class)
        .of
        .put(username, Map.of("email", email, "email_verified", verified));
  }

  private static RegisteredClient client(String consoleUrl) {
    return RegisteredClient.withId(CLIENT)
        .clientId(CLIENT)
        .clientSecret("{noop}" + SECRET)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(consoleUrl + "/login/oauth2/code/council")
        .scope("openid")
        .scope("email")
        .scope("profile")
        .build();
  }

  @Override
  public void close() {
    SpringApplication.exit(context);
  }

  static final class Claims {
    final Map<String, Map<String, Object>> of = new ConcurrentHashMap<>();
  }

  /** No component: the console, which looks for its own below this package, must not find it. */
  @EnableAutoConfiguration
  static class Provider {
    @Bean
    InMemoryRegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(client("http://127.0.0.1:1"));
    }

    @Bean
    Claims claims() {
      return new Claims();
    }

    /** Anybody may sign in at the council: it is the console that knows whom it lets in. */
    @Bean
    UserDetailsService everybody() {
      return name -> User.withUsername(name).password("{noop}" + PASSWORD).roles("STAFF").build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> email(Claims claims) {
      return token ->
          token
              .getClaims()
              .claims(
                  all ->
                      all.putAll(claims.of.getOrDefault(token.getPrincipal().getName(), Map.of())));
    }
  }
}

package org.towncrier.console.people;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.towncrier.console.ConsoleSettings;

/**
 * A sign-in service of the council's own (OpenID Connect). It says who somebody is; whether they
 * may come in, and what they may do, is said by their account here. Asked for its addresses when
 * somebody first wants in: a service that is away must not keep the console from starting.
 */
final class SignInService implements ClientRegistrationRepository {
  private static final Logger LOG = LoggerFactory.getLogger(SignInService.class);

  /** In the addresses that the service is given: {@code /login/oauth2/code/council}. */
  static final String ID = "council";

  /** Session attribute: why nobody was let in, for the sign-in page. */
  static final String REFUSED = SignInService.class.getName() + ".refused";

  /**
   * How long a service that did not answer counts as away. Anybody may press the button, and who
   * waits for it holds a thread.
   */
  static final Duration AWAY = Duration.ofSeconds(30);

  /** Somebody waits for a page. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ConsoleSettings.SignIn settings;
  private final People people;
  private final InstantSource clock;

  /** Held by the one who asks the service for its addresses. */
  private final ReentrantLock asking = new ReentrantLock();

  private volatile @Nullable ClientRegistration registration;
  private volatile Instant askAgain = Instant.MIN;

  /** Does no I/O. */
  SignInService(ConsoleSettings.SignIn settings, People people, InstantSource clock) {
    this.settings = settings;
    this.people = people;
    this.clock = clock;
  }

  boolean isOn() {
    return settings.issuer() != null;
  }

  /** What people call it. */
  String name() {
    return settings.name();
  }

  /** Whether it can be asked now. Asks it, until it has answered once. */
  boolean isThere() {
    return findByRegistrationId(ID) != null;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    URI issuer = settings.issuer();
    if (issuer == null || !id.equals(ID)) {
      return null;
    }
    ClientRegistration known = registration;
    return known == null ? ask(issuer) : known;
  }

  /** One asks at a time, and not again for a while when it was away; others are told at once. */
  private @Nullable ClientRegistration ask(URI issuer) {
    if (clock.instant().isBefore(askAgain) || !asking.tryLock()) {
      return null;
    }
    try {
      ClientRegistration known = registration;
      if (known == null && !clock.instant().isBefore(askAgain)) {
        known =
            ClientRegistrations.fromIssuerLocation(issuer.toString())
                .registrationId(ID)
                .clientId(Objects.requireNonNull(settings.clientId()))
                .clientSecret(settings.clientSecret())
                .scope("openid", "email", "profile")
                .build();
        registration = known;
      }
      return known;
    } catch (RuntimeException away) {
      askAgain = clock.instant().plus(AWAY);
      LOG.warn("The sign-in service {} does not answer as it should: {}", issuer, away.toString());
      return null;
    } finally {
      asking.unlock();
    }
  }

  /** Lets people come in by it, beside passwords. */
  void addTo(HttpSecurity http) {
    if (!isOn()) {
      return;
    }
    OidcUserService claims = claims();
    http.oauth2Login(
        login ->
            login
                .loginPage("/sign-in")
                .clientRegistrationRepository(this)
                .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
                .tokenEndpoint(token -> token.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(user -> user.oidcUserService(request -> known(request, claims)))
                .failureHandler(
                    (request, response, why) -> {
                      LOG.warn("Nobody was let in by the sign-in service: {}", why.getMessage());
                      request
                          .getSession()
                          .setAttribute(
                              REFUSED,
                              why.getCause() instanceof RefusedException noAccount
                                  ? noAccount.reason()
                                  : "The sign-in service could not say who you are. Try again, or"
                                      + " sign in with your password");
                      response.sendRedirect(request.getContextPath() + "/sign-in?provider");
                    }));
  }

  private SignedInByService known(OidcUserRequest request, OidcUserService claims) {
    OidcUser user = claims.loadUser(request);
    String email = Boolean.TRUE.equals(user.getEmailVerified()) ? user.getEmail() : null;
    try {
      Person person = people.byProvider(settings.issuer() + " " + user.getSubject(), email);
      return new SignedInByService(person, user);
    } catch (RefusedException refused) {
      if (email == null) {
        LOG.warn(
            "The sign-in service did not say that the address is verified (email_verified), so it"
                + " counts for nothing");
      }
      throw new OAuth2AuthenticationException(
          new OAuth2Error("access_denied"), refused.reason(), refused);
    }
  }

  private static OidcUserService claims() {
    RestTemplate http = new RestTemplate(patient());
    http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    DefaultOAuth2UserService users = new DefaultOAuth2UserService();
    users.setRestOperations(http);
    OidcUserService claims = new OidcUserService();
    claims.setOauth2UserService(users);
    return claims;
  }

  private static JdkClientHttpRequestFactory patient() {
    JdkClientHttpRequestFactory http =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    http.setReadTimeout(PATIENCE);
    return http;
  }

  private static RestClientAuthorizationCodeTokenResponseClient tokens() {
    RestClientAuthorizationCodeTokenResponseClient tokens =
        new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(patient())
            .configureMessageConverters(
                converters ->
                    converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return tokens;
  }
}

package org.towncrier.console.people;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.HttpSessionMutexListener;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.audit.AuditTrail;

/**
 * Who may do what in the console, in one place, and how people sign in. Reading is for everyone who
 * is signed in, but for evaluation and people; a POST that no rule names is refused. That nobody
 * approves a message of their own is a rule of messages, not of roles, and lives there.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfig {
  /**
   * Everything from this console alone, but the pictures of a map from the one server that the
   * settings name; and nothing written into a page itself.
   */
  static String contentSecurityPolicy(ConsoleSettings settings) {
    String tiles = settings.map().host();
    return "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self';"
        + " frame-ancestors 'none'"
        + (tiles == null ? "" : "; img-src 'self' " + tiles);
  }

  @Bean
  SecurityFilterChain pages(
      HttpSecurity http,
      People people,
      SignInThrottle throttle,
      ConsoleSettings settings,
      SignInService signInService,
      SessionRegistry registry) {
    SignInOutcome outcome = new SignInOutcome(throttle);
    signInService.addTo(http);
    return http.authorizeHttpRequests(
            rules ->
                rules(
                    rules,
                    new MetricsToken(Objects.requireNonNullElse(settings.metricsToken(), ""))))
        .formLogin(
            form ->
                form.loginPage("/sign-in")
                    .successHandler(outcome.success())
                    .failureHandler(outcome.failure()))
        .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
        .exceptionHandling(errors -> errors.accessDeniedHandler(new StaleSignInHandler()))
        .addFilterBefore(
            new SignInThrottleFilter(throttle), UsernamePasswordAuthenticationFilter.class)
        .addFilterBefore(new StandingFilter(people), AuthorizationFilter.class)
        .addFilterBefore(new SecondFactorFilter(), AuthorizationFilter.class)
        .sessionManagement(
            sessions ->
                sessions.maximumSessions(-1).sessionRegistry(registry).expiredUrl("/sign-in?ended"))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(
                        csp -> csp.policyDirectives(contentSecurityPolicy(settings)))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
        .build();
  }

  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules,
      MetricsToken metricsToken) {
    String author = Role.AUTHOR.name();
    String approver = Role.APPROVER.name();
    String administrator = Role.ADMINISTRATOR.name();
    rules
        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers(
            GET,
            "/assets/**",
            "/sign-in",
            "/sign-in/service",
            "/accessibility",
            "/set-password/*",
            "/actuator/health")
        .permitAll()
        .requestMatchers(POST, "/set-password/*")
        .permitAll()
        .requestMatchers(POST, "/second-factor", "/account/**")
        .authenticated()
        .requestMatchers(metricsToken::allows)
        .permitAll()
        .requestMatchers("/actuator/**", "/people", "/people/**", "/audit", "/audit/**")
        .hasRole(administrator)
        .requestMatchers("/tokens", "/tokens/**")
        .hasRole(administrator)
        .requestMatchers("/evaluation", "/evaluation/**")
        .hasRole(Role.EVALUATOR.name())
        .requestMatchers(
            "/messages/new", "/messages/urgent", "/messages/*/edit", "/messages/*/schedule")
        .hasRole(author)
        .requestMatchers("/plan/copy")
        .hasRole(author)
        .requestMatchers(POST, "/plan/events", "/plan/events/*/remove")
        .hasAnyRole(author, administrator)
        .requestMatchers("/messages/*/cancel", "/messages/*/end")
        .hasRole(approver)
        .requestMatchers(
            POST,
            "/messages/*/approve",
            "/messages/*/return",
            "/messages/*/pause",
            "/messages/*/resume")
        .hasRole(approver)
        .requestMatchers("/messages/*/discard")
        .hasRole(author)
        .requestMatchers(POST, "/messages/*/submit", "/messages/*/withdraw", "/campaigns/import")
        .hasRole(author)
        .requestMatchers("/campaigns/import", "/campaigns/new", "/campaigns/*/edit")
        .hasRole(author)
        // Whoever of the team stands there when somebody asks to be left alone.
        .requestMatchers(POST, "/nodes/*/*/leave-alone", "/nodes/*/*/test-offer")
        .hasAnyRole(author, approver, administrator)
        .requestMatchers(POST, "/nodes/**", "/sites/**")
        .hasRole(administrator)
        .requestMatchers(
            "/nodes/*/*/training",
            "/sites/*/training",
            "/nodes/*/*/position",
            "/sites/*/position",
            "/nodes/*/*/take-out")
        .hasRole(administrator)
        .requestMatchers(GET)
        .authenticated()
        .anyRequest()
        .denyAll();
  }

  @Bean
  People people(
      JdbcClient db,
      PlatformTransactionManager transactions,
      InstantSource clock,
      PasswordEncoder encoder,
      AuditTrail audit) {
    return new People(
        new PeopleStore(db), new TransactionTemplate(transactions), clock, encoder, audit);
  }

  @Bean
  SessionRegistry sessionRegistry() {
    return new SessionRegistryImpl();
  }

  /** Gives each session something of its own to lock. */
  @Bean
  HttpSessionMutexListener sessionMutex() {
    return new HttpSessionMutexListener();
  }

  /** Tells the registry when a session is over. */
  @Bean
  HttpSessionEventPublisher sessionEvents() {
    return new HttpSessionEventPublisher();
  }

  @Bean
  SignInService signInService(ConsoleSettings settings, People people, InstantSource clock) {
    return new SignInService(settings.signIn(), people, clock);
  }

  @Bean
  LinkMail linkMail(ConsoleSettings settings) {
    return new LinkMail(settings.mail());
  }

  @Bean
  Sessions sessions(SessionRegistry registry) {
    return new Sessions(registry);
  }

  @Bean
  CreateAdmin createAdmin(People people) {
    return new CreateAdmin(people);
  }

  @Bean
  SignInThrottle signInThrottle(InstantSource clock) {
    return new SignInThrottle(clock);
  }

  /** Writes which algorithm made a hash beside it (bcrypt today), so that it can change. */
  @Bean
  PasswordEncoder passwordEncoder() {
    return PasswordEncoderFactories.createDelegatingPasswordEncoder();
  }

  @Bean
  UserDetailsService signIns(People people) {
    return username ->
        people
            .find(username)
            .flatMap(person -> people.passwordHash(person).map(hash -> new SignedIn(person, hash)))
            .orElseThrow(() -> new UsernameNotFoundException("nobody signs in with that name"));
  }
}

package org.towncrier.console.people;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Somebody whom the sign-in service let in: with the roles they have here, and no others. */
final class SignedInByService extends SignedIn implements OidcUser {
  private static final long serialVersionUID = 1L;

  private final transient OidcUser user;

  SignedInByService(Person person, OidcUser user) {
    super(person, "");
    this.user = user;
  }

  @Override
  public Map<String, Object> getClaims() {
    return user.getClaims();
  }

  @Override
  public @Nullable OidcUserInfo getUserInfo() {
    return user.getUserInfo();
  }

  @Override
  public OidcIdToken getIdToken() {
    return user.getIdToken();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return user.getAttributes();
  }

  /** As everywhere here: the username, which never changes. */
  @Override
  public String getName() {
    return getUsername();
  }
}

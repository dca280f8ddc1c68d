package org.smileadventure.common.security;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/** Says in our claims what another issuer says in its own. */
final class OutsideClaims implements Converter<Map<String, Object>, Map<String, Object>> {
  private final OutsideIssuer issuer;
  private final MappedJwtClaimSetConverter usual =
      MappedJwtClaimSetConverter.withDefaults(Map.of());

  OutsideClaims(OutsideIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public Map<String, Object> convert(Map<String, Object> claims) {
    var ours = new HashMap<>(usual.convert(claims));
    ours.put(JwtClaimNames.SUB, String.valueOf(claim(claims, issuer.userClaim())));
    ours.remove(BearerAccess.ROLE_CLAIM);
    var said = claim(claims, issuer.roleClaim());
    var roles =
        said instanceof Collection<?> several
            ? several.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(said));
    OutsideIssuer.ROLES.stream()
        .filter(roles::contains)
        .findFirst()
        .ifPresent(role -> ours.put(BearerAccess.ROLE_CLAIM, role));
    return ours;
  }

  /** The claim of this name, or else what its parts lead to. A name may be a URL, with dots too. */
  private static @Nullable Object claim(Map<?, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> within) {
        return claim(within, name.substring(dot + 1));
      }
    }
    return null;
  }
}

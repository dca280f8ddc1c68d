package org.smileadventure.query.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import org.springframework.stereotype.Component;

/**
 * Signs documents that people keep, with the key of our tokens: anybody can check them with what
 * {@code /api/v1/auth/jwks} tells. Their type says that they are no token.
 */
@Component
@OwnKeys
public class DocumentSigner {
  private final SigningKeys keys;

  DocumentSigner(SigningKeys keys) {
    this.keys = keys;
  }

  /** The JSON document within its signature, as a compact JWS (RFC 7515). */
  public String sign(String type, byte[] document) {
    var key = keys.newest();
    var signed =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType(type))
                .contentType("json")
                .keyID(key.getKeyID())
                .build(),
            new Payload(document));
    try {
      signed.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key that signs tokens signs documents", e);
    }
    return signed.serialize();
  }
}

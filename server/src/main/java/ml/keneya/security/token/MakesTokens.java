package ml.keneya.security.token;

import com.nimbusds.jose.jwk.JWKSet;
import ml.keneya.security.permission.MakesRefreshTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.stereotype.Component;

/** Makes every token that is given out. */
@Component
class MakesTokens implements OAuth2TokenGenerator<OAuth2Token> {

    private final OAuth2TokenGenerator<OAuth2Token> each;

    MakesTokens(SigningKeys keys, WritesTokens writes) {
        JwtGenerator signed = new JwtGenerator(
                new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(keys.signing()))));
        signed.setJwtCustomizer(writes);
        this.each = new DelegatingOAuth2TokenGenerator(signed, new MakesRefreshTokens());
    }

    @Override
    public @Nullable OAuth2Token generate(OAuth2TokenContext context) {
        return each.generate(context);
    }
}

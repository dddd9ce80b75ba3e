package ml.keneya.security.token;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is let in without a token.
 *
 * @param withoutToken nobody ({@code deny}), or whoever sits at the machine itself ({@code local}); what the exchange
 *     says about itself is for everybody
 */
@ConfigurationProperties("keneya.security")
record AccessSettings(@DefaultValue("deny") WithoutToken withoutToken) {

    enum WithoutToken {
        DENY,
        /** Everything, for requests from loopback to loopback that no proxy has passed on. */
        LOCAL
    }
}

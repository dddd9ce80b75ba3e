package ml.keneya.security.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Component;

/** The public keys by which a client's signature is checked. */
@Component
public class KeysOfClients {

    private final KeysAtAddresses published;

    KeysOfClients(KeysAtAddresses published) {
        this.published = published;
    }

    public JWKSource<SecurityContext> of(Client client) {
        String set = client.keys().set();
        URI address = client.keys().address();
        return address == null
                ? new ImmutableJWKSet<>(ClientKeys.parse(String.valueOf(set)))
                : (selector, context) -> select(selector, address);
    }

    /** A key that is not known may be new. */
    private List<JWK> select(JWKSelector selector, URI address) {
        List<JWK> known = selector.select(published.at(address));
        return known.isEmpty() ? selector.select(published.afresh(address)) : known;
    }
}

package ml.keneya.security.issuer;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which codes in another issuer's tokens mean something here. */
@Component
class KnownPlaces {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Who may see the whole country is for the operator to say, not for another issuer. */
    private static final String COUNTRY = "ML";

    private final JdbcClient jdbc;

    KnownPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the registry and not closed there, or one that the operator has given to a client or a person of ours. */
    boolean isFacility(String code) {
        return CODE.matcher(code).matches()
                && jdbc.sql("""
                        select exists (select from identified.facility where code = :code and active is not false)
                            or exists (select from keneya.client where facility = :code and revoked_at is null)
                            or exists (select from keneya.account
                                where facility = :code and revoked_at is null and sandbox_until is null)
                        """).param("code", code).query(Boolean.class).single();
    }

    /** Whether each is a code of an administrative division below the country, of before or after the reform. */
    boolean areAreas(Set<String> codes) {
        return codes.stream().allMatch(code -> CODE.matcher(code).matches() && !COUNTRY.equals(code))
                && jdbc.sql("select count(distinct code) from keneya.place where code = any(:codes)")
                                .param("codes", codes.toArray(String[]::new))
                                .query(Integer.class)
                                .single()
                        == codes.size();
    }
}

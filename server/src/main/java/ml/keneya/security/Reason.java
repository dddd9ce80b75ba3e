package ml.keneya.security;

import java.util.Locale;

/** Why a request was let in or not; for the trace and for the refusal. */
public enum Reason {
    /** Whoever sits at the machine, or the exchange itself. */
    UNRESTRICTED,
    /** Everybody may. */
    PUBLIC,
    /** The role's rule and the token's scopes both allow it. */
    ROLE_AND_SCOPE,
    NO_TOKEN,
    /** Not ours, changed, expired, for somebody else, or of a client that is no more. */
    BAD_TOKEN,
    /** Of another issuer, whose keys cannot be had for the moment. */
    ISSUER_AWAY,
    /** Of another issuer and good, but it names no role, or none that may come from there. */
    OUTSIDE_ROLE,
    /** Of another issuer and good, but without a facility or areas that the exchange knows. */
    OUTSIDE_PLACE,
    /** Of another issuer and good, but without scopes that can be understood. */
    OUTSIDE_SCOPE,
    ROLE_FORBIDS,
    SCOPE_FORBIDS,
    /** Nobody has said who may, so nobody may. */
    NO_RULE,
    /** A search parameter that would tell of records that the caller may not read. */
    PARAMETER_FORBIDDEN,
    /** Data of people, and the request does not say what it is read for. */
    PURPOSE_MISSING,
    /** A page of somebody else's search. */
    FOREIGN_PAGE;

    /** Stable, as the trace keeps it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
